package org.agnesi.cli;

import static org.agnesi.cli.Shell.prints;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.agnesi.array.NDArray;
import org.agnesi.array.NpyFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeriveTest {
    @TempDir
    Path folder;

    @Test void theReadmesFirstCommand() {
        assertThat(prints("derive", "sum(1/(1+exp(-x)))", "--at", "x=[[0,1],[-1,-2]]")).isEqualTo("""
            f  of x: float64[2,2]
                sum((1 / (1 + exp((-x)))))

            ∂f/∂x  as built
                let a = (TensorConstant{1} + exp((-x)))
                in (-((-((fill(sum((TensorConstant{1} / a)), TensorConstant{1.0}) * (TensorConstant{1} / a)) / a)) * exp((-x))))

            ∂f/∂x  optimized
                (exp((-abs(x))) / sqr((1.0 + exp((-abs(x))))))

            x = [[ 0.  1.]
                 [-1. -2.]]

            f = 1.6192029220221176
            ∂f/∂x = [[0.25       0.19661193]
                     [0.19661193 0.10499359]]
            """);
    }

    @Test void withoutValuesItStaysSymbolic() {
        assertThat(prints("derive", "x**2")).isEqualTo("""
            f  of x: float64[]
                (x ** 2)

            ∂f/∂x  as built
                ((fill((x ** TensorConstant{2}), TensorConstant{1.0}) * TensorConstant{2}) * (x ** (TensorConstant{2} - TensorConstant{1})))

            ∂f/∂x  optimized
                (2.0 * x)
            """);
    }

    @Test void eachNameHasItsGradient() {
        assertThat(prints("derive", "log(S/K) + 0.5*v**2", "--at", "S=2", "--at", "K=4", "--at", "v=3"))
            .endsWith("""
                f = 3.8068528194400546
                ∂f/∂S = 0.5
                ∂f/∂K = -0.25
                ∂f/∂v = 3.0
                """);
    }

    @Test void theNamesToDifferentiateByCanBeChosen() {
        assertThat(prints("derive", "x*y*z", "--wrt", "z,x", "--at", "x=2", "--at", "y=3", "--at", "z=4")).endsWith("""
            f = 24.0
            ∂f/∂z = 6.0
            ∂f/∂x = 12.0
            """);
    }

    @Test void theJacobian() {
        assertThat(prints("derive", "x**2", "--jacobian", "--at", "x=[4,4]")).endsWith("""
            f = [16. 16.]
            ∂f/∂x = [[8. 0.]
                     [0. 8.]]
            """);
    }

    @Test void theHessianOfSeveralNamesHasAllBlocks() {
        assertThat(prints("derive", "sum(x**2)*y**3", "--hessian", "--at", "x=[1,2]", "--at", "y=2")).endsWith("""
            f = 40.0
            ∂²f/∂x² = [[16.  0.]
                       [ 0. 16.]]
            ∂²f/∂x∂y = [24. 48.]
            ∂²f/∂y∂x = [24. 48.]
            ∂²f/∂y² = 60.0
            """);
    }

    @Test void theJacobianTimesAVector() {
        assertThat(prints("derive", "dot(x, W)", "--rop", "W=[[2,2],[2,2]]", "--at", "x=[0,1]", "--at", "W=[[1,1],[1,1]]")).contains("""
            ∂f/∂W·dW  optimized
                (x \\dot dW)
            """).endsWith("""
            f = [1. 1.]
            ∂f/∂W·dW = [2. 2.]
            """);
    }

    @Test void severalVectorsAddUp() {
        assertThat(prints("derive", "x*y", "--rop", "x=1", "--rop", "y=10", "--at", "x=2", "--at", "y=3")).endsWith("""
            f = 6.0
            ∂f/∂x·dx + ∂f/∂y·dy = 23.0
            """);
    }

    @Test void aVectorHasANameOfItsOwn() {
        assertThat(prints("derive", "x*dx", "--rop", "x=1", "--at", "x=2", "--at", "dx=3")).endsWith("""
            x = 2.0
            dx = 3.0
            dx_ = 1.0

            f = 6.0
            ∂f/∂x·dx_ = 3.0
            """);
    }

    @Test void aVectorTimesTheJacobian() {
        assertThat(prints("derive", "dot(x, W)", "--lop", "[2,2]", "--wrt", "W", "--at", "x=[0,1]", "--at", "W=[[1,1],[1,1]]")).endsWith("""
            f = [1. 1.]
            g·∂f/∂W = [[0. 0.]
                       [2. 2.]]
            """);
    }

    @Test void aFormulaMayBeginWithASign() {
        assertThat(prints("derive", "-x**2", "--at", "x=-3")).endsWith("f = -9.0\n∂f/∂x = 6.0\n");
    }

    @Test void typedNumbersTakeTheDtype() {
        assertThat(prints("derive", "x/3", "--dtype", "float32", "--at", "x=1")).contains("of x: float32[]").endsWith("f = 0.33333334\n∂f/∂x = 0.33333334\n");
    }

    @Test void aTypeIsGivenByName() {
        assertThat(prints("derive", "sum(A*b)", "--type", "A: dmatrix", "--type", "b:float32[3]")).startsWith("f  of A: float64[?,?], b: float32[3]\n");
    }

    @Test void anIntegerIsNotDifferentiatedBy() {
        assertThat(prints("derive", "x[n]", "--type", "n: int64[]", "--at", "x=[1,2,3]", "--at", "n=-1")).contains("n = -1\n").endsWith("""
            f = 3.0
            ∂f/∂x = [0. 0. 1.]
            """);
    }

    @Test void valuesComeFromFiles() throws IOException {
        NpyFile.write(folder.resolve("x.npy"), NDArray.of(new float[] {1, 2}));
        Files.writeString(folder.resolve("A.csv"), "3,4\n");
        assertThat(prints("derive", "sum(A @ x)", "--at", "x=@" + folder.resolve("x.npy"), "--at", "A=@" + folder.resolve("A.csv")))
            .startsWith("f  of A: float64[1,2], x: float32[2]\n").endsWith("""
                f = 11.0
                ∂f/∂A = [[1. 2.]]
                ∂f/∂x = [3. 4.]
                """);
    }

    @Test void theGraphIsPrintedOnRequest() {
        assertThat(prints("derive", "x**2", "--graph")).contains("""
            ∂f/∂x  as a graph
                mul [id A] <float64[]>
                 ├─ 2.0 [id B] <float64[]>
                 └─ x [id C] <float64[]>
            """);
    }

    @Test void whatWasRewrittenIsPrintedOnRequest() {
        assertThat(prints("derive", "x**2", "--explain")).contains("∂f/∂x  rewritten by\n").contains("→");
    }

    @Test void helpShowsExamples() {
        assertThat(prints("derive", "--help")).startsWith("Usage: agnesi derive [OPTIONS] EXPR\n").contains("--at=NAME=VALUE").contains("Examples:");
    }

    @Test void anArrayOfRankThreeIsAligned() {
        assertThat(prints("derive", "x*2", "--lop", "[[[1,2]],[[3,4]]]", "--at", "x=[[[1,2]],[[3,4]]]")).endsWith("""
            g·∂f/∂x = [[[2. 4.]]

                       [[6. 8.]]]
            """);
    }
}
