package org.agnesi.compile;

import java.util.List;
import org.agnesi.kernel.Scalar;
import org.agnesi.symbolic.Fact;
import org.agnesi.symbolic.Node;

/// An equality of two sizes that a call must confirm: the fact, the node that states it, both shapes over the slots.
public record SizeCheck(Node node, Fact fact, List<Scalar> shapeA, List<Scalar> shapeB) {
    public Scalar sizeA() { return shapeA.get(fact.axisA()); }

    public Scalar sizeB() { return shapeB.get(fact.axisB()); }
}
