package org.agnesi.openblas;

import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.util.Optional;
import org.agnesi.kernel.BlasProvider.Unusable;
import org.jspecify.annotations.Nullable;

/// The library in this process, or why it is not: a process loads it once, and never again where that failed.
record Loaded(@Nullable SymbolLookup symbols, String reason) {
    static final Loaded HERE = load();

    @SuppressWarnings("restricted") private static Loaded load() {
        try {
            var natives = Natives.here();
            var folder = Cache.standard().folder(natives);
            SymbolLookup symbols = _ -> Optional.empty();
            for (var file : natives.files()) symbols = SymbolLookup.libraryLookup(folder.resolve(file.name()), Arena.global());
            return new Loaded(symbols, "");
        } catch (Unusable e) {
            return new Loaded(null, e.reason());
        } catch (IllegalArgumentException e) { // the system's loader does not like it
            return new Loaded(null, String.valueOf(e.getMessage()));
        } catch (IllegalCallerException e) {
            return new Loaded(null, "it needs --enable-native-access=org.agnesi.openblas, or ALL-UNNAMED on the class path");
        }
    }
}
