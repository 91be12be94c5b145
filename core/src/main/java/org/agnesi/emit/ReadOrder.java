package org.agnesi.emit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.Scalar.Load;
import org.agnesi.kernel.Stmt.Store;

/// What an innermost loop of several stores reads of what it stores, by when that is.
///
/// @param late  what statements after the one that stores there read
/// @param early what statements before it do
record ReadOrder(Set<Load> late, Set<Load> early) {

    /// That of a loop all of whose statements have been read.
    static ReadOrder of(VectorBody body) {
        var order = new ReadOrder(Collections.newSetFromMap(new IdentityHashMap<>()), Collections.newSetFromMap(new IdentityHashMap<>()));
        var stores = body.steps.stream().filter(Store.class::isInstance).map(Store.class::cast).toList();
        if (stores.size() < 2) return order;
        var storing = new HashMap<Integer, Integer>();
        for (int k = 0; k < stores.size(); k++) storing.put(stores.get(k).buffer(), k);
        for (int k = 0; k < stores.size(); k++) for (var load : readBy(stores.get(k).value(), body)) {
            int by = storing.getOrDefault(load.buffer(), k);
            if (by < k) order.late.add(load);
            if (by > k) order.early.add(load);
        }
        return order;
    }

    private static Set<Load> readBy(Scalar root, VectorBody body) {
        var found = Collections.<Load>newSetFromMap(new IdentityHashMap<>());
        var seen = Collections.<Scalar>newSetFromMap(new IdentityHashMap<>());
        var work = new ArrayList<>(List.of(root));
        while (!work.isEmpty()) {
            var x = work.removeLast();
            if (!seen.add(x) || !body.varies(x)) continue;
            if (x instanceof Load load) found.add(load);
            work.addAll(body.parts(x));
        }
        return found;
    }
}
