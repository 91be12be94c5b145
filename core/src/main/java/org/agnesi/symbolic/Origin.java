package org.agnesi.symbolic;

import java.util.function.Supplier;
import org.agnesi.error.Place;
import org.jspecify.annotations.Nullable;

/// The line of the user's program that asked for a node, printed `Calibration.java:42` or `gradient of Calibration.java:42`.
///
/// Finding the line costs 3–4 µs, so it is done once per user call. What sweeps, rules and batching build inherits
/// the origin of the node it is built from: see [#inherit].
///
/// @param place the line
/// @param note  what stands before it: empty, or `gradient of `
public record Origin(Place place, String note) {
    private static final Origin NOWHERE = new Origin(new Place("", 0), "");
    private static final ScopedValue<Origin> INHERITED = ScopedValue.newInstance();

    /// Whether user calls record their line; off with `-Dagnesi.origins=false`.
    private static final boolean RECORDED = !"false".equals(System.getProperty("agnesi.origins"));

    /// The origin of a node made now: the inherited one, else the user's line.
    static @Nullable Origin current() {
        if (INHERITED.isBound()) {
            var origin = INHERITED.get();
            return origin == NOWHERE ? null : origin;
        }
        var place = RECORDED ? Place.current() : null;
        return place == null ? null : new Origin(place, "");
    }

    /// Runs `body` so that every node it makes has `origin`.
    public static <T extends @Nullable Object> T inherit(@Nullable Origin origin, Supplier<T> body) {
        var wanted = origin == null ? NOWHERE : origin;
        if (INHERITED.isBound() && INHERITED.get() == wanted) return body.get();
        return ScopedValue.where(INHERITED, wanted).call(body::get);
    }

    /// This place, marked as the place that a derivative is of.
    public Origin gradient() { return note.isEmpty() ? new Origin(place, "gradient of ") : this; }

    @Override public String toString() { return note + place; }
}
