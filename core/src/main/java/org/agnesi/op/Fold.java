package org.agnesi.op;

import org.agnesi.kernel.Combine;
import org.agnesi.kernel.Lowering;
import org.agnesi.kernel.Operand;
import org.agnesi.kernel.Scalar;

/// A reduction that is one associative combination repeated.
public interface Fold extends Reduction {
    Combine combine();

    @Override default Lowering lower(Operand x, Operand y) {
        return new Lowering.Reduce(combine(), axes(), Scalar.cast(y.dtype(), x.here()));
    }
}
