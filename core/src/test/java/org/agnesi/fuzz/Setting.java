package org.agnesi.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.agnesi.compile.Pipeline;
import org.agnesi.compile.Schedule;
import org.agnesi.error.ArgumentError;
import org.agnesi.kernel.Blas;
import org.agnesi.kernel.BlasProvider;
import org.agnesi.kernel.Lowering;
import org.agnesi.op.Contract;
import org.agnesi.rewrite.Strictness;
import org.agnesi.run.Backend;
import org.agnesi.run.Plan;
import org.agnesi.run.Workers;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Node;

/// One way to run kernels, of those that must agree.
///
/// @param flags what has Java run them like this
/// @param exact whether the bits are those of all others: not where a library multiplies
record Setting(String name, String flags, Backend backend, boolean exact) {
    /// The evaluators, both kinds of code, two threads that split whatever can be split; and OpenBLAS where it is there.
    static List<Setting> all() {
        var all = new ArrayList<>(Backend.ALL.stream().map(backend -> own(backend, "-Dagnesi.threads=1")).toList());
        all.add(own(Backend.parallel(new Workers(2, 0)), "-Dagnesi.threads=2 -Dagnesi.worth=0"));
        library().ifPresent(blas -> all.add(new Setting("openblas", "-Dagnesi.kernels=simd -Dagnesi.threads=1", Backend.SIMD.with(() -> blas), false)));
        return List.copyOf(all);
    }

    static List<Setting> named(String name) {
        var all = all();
        var named = all.stream().filter(setting -> setting.name.equals(name)).toList();
        if (named.isEmpty()) throw new ArgumentError("""
            --backend needs the name of one that is here, but got '%s'
            The names are %s.""".formatted(name, all.stream().map(Setting::name).collect(Collectors.joining(", "))));
        return named;
    }

    private static Setting own(Backend backend, String flags) {
        return new Setting(backend.toString(), "-Dagnesi.kernels=%s %s -Dagnesi.blas=off".formatted(backend, flags), backend, true);
    }

    private static Optional<Blas> library() {
        return ServiceLoader.load(BlasProvider.class).findFirst().map(provider -> {
            try {
                return provider.open();
            } catch (BlasProvider.Unusable e) {
                return null;
            }
        });
    }

    /// The rewritten results of a specimen, ready to run.
    Plan plan(List<Expr> inputs, List<Expr> rewritten) {
        return new Plan(Schedule.of(inputs, Pipeline.of(Strictness.DEFAULT).lower(rewritten), () -> !exact), backend);
    }

    /// Whether it does anything of its own for a specimen: a library does for products and decompositions.
    boolean matters(Specimen s) { return exact || Coverage.all(s.roots()).stream().anyMatch(isForLibrary()); }

    /// What a library computes.
    static Predicate<Node> isForLibrary() { return node -> node.op() instanceof Contract || node.lowering() instanceof Lowering.Library; }

    @Override public String toString() { return name; }
}
