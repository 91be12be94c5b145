import module org.agnesi;
import static org.agnesi.Agnesi.*;
import static org.agnesi.Tensors.*;

interface Price { double of(double spot, double[] delta); }

record Greeks(double price, double delta) {}

interface All { Greeks of(double spot); }

/// Interfaces and records that a compact source file declares.
void main() {
    var x = dscalar("x");
    var lookup = MethodHandles.lookup();
    var delta = new double[1];
    IO.println(function(x, outputs(x.pow(2), x.times(2))).bind(Price.class, lookup).of(3, delta) + " " + delta[0]);
    IO.println(function(x, outputs(x.pow(2), x.times(2))).bind(All.class, lookup).of(3));
    IO.println(function(x, x.pow(2)).bind(DoubleUnaryOperator.class).applyAsDouble(5));
}
