// The benchmarks' loops as a C programmer writes them: cc -O3 -march=native -ffast-math -Dreal=double peers.c -o peers -lm
// in:  NAME N MILLISECONDS      out: MEDIAN BEST FIRST CHECKSUM   (nanoseconds), or "none"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tgmath.h>
#include <time.h>

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return 1e9 * t.tv_sec + t.tv_nsec;
}

static real *vector(long n, double a, double b) {
    real *x = malloc(n * sizeof(real));
    for (long i = 0; i < n; i++) x[i] = sin(a * i + b);
    return x;
}

typedef void work(long n, real *const *in, real *out);

static void twice(long n, real *const *in, real *restrict y) {
    y[0] = 2 * in[0][0];
}

static void logistic(long n, real *const *in, real *restrict y) {
    const real *restrict x = in[0];
    for (long i = 0; i < n; i++) {
        real s = 1 / (1 + exp(-x[i]));
        y[i] = s * (1 - s);
    }
}

static void squares(long n, real *const *in, real *restrict y) {
    const real *restrict x = in[0];
    real s = 0;
    for (long i = 0; i < n; i++) s += x[i] * x[i];
    y[0] = s;
}

static void axpy(long n, real *const *in, real *restrict y) {
    const real *restrict a = in[0], *restrict b = in[1], *restrict c = in[2], *restrict d = in[3];
    for (long i = 0; i < n; i++) y[i] = a[i] * b[i] + c[i] - d[i] / 2;
}

static void rosenbrock(long n, real *const *in, real *restrict g) {
    const real *restrict x = in[0];
    g[0] = 0;
    for (long i = 0; i < n - 1; i++) {
        real t = x[i + 1] - x[i] * x[i];
        g[i] += -400 * x[i] * t - 2 * (1 - x[i]);
        g[i + 1] = 200 * t;
    }
}

static void softmax(long n, real *const *in, real *restrict y) {
    for (long i = 0; i < n; i++) {
        const real *restrict x = in[0] + i * n;
        real *restrict z = y + i * n;
        real m = x[0], s = 0;
        for (long j = 0; j < n; j++) m = x[j] > m ? x[j] : m;
        for (long j = 0; j < n; j++) s += z[j] = exp(x[j] - m);
        for (long j = 0; j < n; j++) z[j] /= s;
    }
}

static int ascending(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static const struct {
    const char *name;
    work *run;
    int inputs, square, number;
} WORKS[] = {{"call", twice, 1, 0, 1}, {"bind", twice, 1, 0, 1},
             {"logistic", logistic, 1, 0, 0}, {"squares", squares, 1, 0, 1}, {"axpy", axpy, 4, 0, 0},
             {"rosenbrock", rosenbrock, 1, 0, 0}, {"softmax", softmax, 1, 1, 0}};

int main(void) {
    static const double A[] = {0.7, 0.3, 0.9, 0.2}, B[] = {0.1, 0.2, 0.3, 0.4};
    char name[64];
    long n, milliseconds;
    printf("c %s\n", __VERSION__);
    fflush(stdout);
    while (scanf("%63s %ld %ld", name, &n, &milliseconds) == 3) {
        int k = 0, count = sizeof WORKS / sizeof *WORKS;
        while (k < count && strcmp(WORKS[k].name, name)) k++;
        if (k == count) {
            puts("none");
            fflush(stdout);
            continue;
        }
        long size = WORKS[k].square ? n * n : n;
        real *in[4], *y = calloc(size, sizeof(real));
        for (int i = 0; i < WORKS[k].inputs; i++) in[i] = vector(size, A[i], B[i]);
        double start = now();
        WORKS[k].run(n, in, y);
        double first = now() - start;
        long batch = first < 20000 ? 1 + (long)(20000 / first) : 1, runs = 0, room = 1 << 20;
        double *times = malloc(room * sizeof(double)), begun = now();
        while ((now() - begun < 1e6 * milliseconds || runs < 5) && runs < room) {
            start = now();
            for (long b = 0; b < batch; b++) {
                WORKS[k].run(n, in, y);
                __asm__ volatile("" ::: "memory");
            }
            times[runs++] = (now() - start) / batch;
        }
        qsort(times, runs, sizeof(double), ascending);
        double sum = 0;
        for (long i = 0; i < (WORKS[k].number ? 1 : size); i++) sum += fabs(y[i]);
        printf("%.1f %.1f %.0f %.17g\n", times[runs / 2], times[0], first, sum);
        fflush(stdout);
        for (int i = 0; i < WORKS[k].inputs; i++) free(in[i]);
        free(y);
        free(times);
    }
}
