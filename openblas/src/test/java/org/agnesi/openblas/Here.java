package org.agnesi.openblas;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.agnesi.kernel.Blas;
import org.agnesi.kernel.BlasProvider.Unusable;

/// What tests of the library need: where it has no files they are skipped, and say so.
public final class Here {
    private Here() {}

    public static Blas blas() {
        var platform = Natives.platform(System.getProperty("os.name"), System.getProperty("os.arch"));
        assumeTrue(isListed(platform), () -> "OpenBLAS has no files for " + platform);
        try {
            return new OpenBlasProvider().open();
        } catch (Unusable e) {
            throw new AssertionError(e.reason(), e);
        }
    }

    private static boolean isListed(String platform) {
        try {
            return !Natives.of(platform).files().isEmpty();
        } catch (Unusable e) {
            return false;
        }
    }
}
