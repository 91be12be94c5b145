package org.agnesi.save;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Shared;

/// A function as it is saved: its graph as it was built, with the values of its shared variables.
public record Document(String name, String mode, List<Expr> inputs, List<Expr> outputs, Map<Shared, Expr> updates) {
    public Document {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        updates = Collections.unmodifiableMap(new LinkedHashMap<>(updates));
    }
}
