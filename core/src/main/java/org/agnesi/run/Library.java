package org.agnesi.run;

import java.lang.System.Logger.Level;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.agnesi.kernel.Blas;
import org.agnesi.kernel.BlasProvider;
import org.jspecify.annotations.Nullable;

/// The [Blas] that runs here, or the reason why none does.
///
/// @param reason where there is none: what `describe()` says
public record Library(@Nullable Blas blas, String reason) {
    /// Says `off` where none is wanted.
    private static final String PROPERTY = "agnesi.blas";
    private static final System.Logger LOG = System.getLogger("org.agnesi.run");

    /// None at all.
    public static final Library NONE = new Library(null, "");

    /// That of the first provider, unless the user wants none.
    public static Library load() {
        var wanted = System.getProperty(PROPERTY, "on");
        if (wanted.equals("off")) return new Library(null, "-D%s=off".formatted(PROPERTY));
        try {
            var provider = ServiceLoader.load(BlasProvider.class).findFirst();
            return provider.map(Library::open)
                .orElseGet(() -> new Library(null, "for faster decompositions add org.agnesi:agnesi-openblas"));
        } catch (ServiceConfigurationError e) {
            return unusable("the library's provider", String.valueOf(e.getMessage()), e);
        }
    }

    /// Whether it is for products of float64 and float32 too.
    public boolean multiplies() { return blas != null && blas.multiplies(double.class) && blas.multiplies(float.class); }

    private static Library open(BlasProvider provider) {
        try {
            return new Library(provider.open(), "");
        } catch (BlasProvider.Unusable e) {
            return unusable(provider.name(), e.reason(), e);
        } catch (RuntimeException | LinkageError e) {
            return unusable(provider.name(), e.toString(), e);
        }
    }

    /// Our own code does the same: told in the log at DEBUG, no more.
    private static Library unusable(String name, String reason, Throwable e) {
        LOG.log(Level.DEBUG, name + " cannot be used", e);
        return new Library(null, "%s cannot be used: %s".formatted(name, reason));
    }

    @Override public String toString() { return blas != null ? blas.name() : reason.isEmpty() ? "own" : "own; " + reason; }
}
