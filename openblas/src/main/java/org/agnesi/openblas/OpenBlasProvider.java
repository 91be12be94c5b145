package org.agnesi.openblas;

import org.agnesi.kernel.Blas;
import org.agnesi.kernel.BlasProvider;

/// Brings OpenBLAS, where its files for this platform are.
public final class OpenBlasProvider implements BlasProvider {
    @Override public String name() { return "OpenBLAS"; }

    @Override public Blas open() throws Unusable {
        if (Loaded.HERE.symbols() == null) throw new Unusable(Loaded.HERE.reason());
        return new OpenBlas();
    }
}
