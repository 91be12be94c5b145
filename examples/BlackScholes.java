import module org.agnesi;
import static org.agnesi.Agnesi.*;
import static org.agnesi.Tensors.*;

/// What an interface of plain Java sees: five numbers in, a record out.
interface Pricer { Greeks of(double spot, double strike, double rate, double volatility, double years); }

record Greeks(double price, double delta, double gamma, double vega, double theta, double rho) {}

/// A European call: its price, and the Greeks as derivatives of the price.
void main() {
    // @start region="greeks"
    var S = dscalar("S");
    var K = dscalar("K");
    var r = dscalar("r");
    var v = dscalar("v");
    var T = dscalar("T");
    var spread = v.times(sqrt(T));
    var d1 = log(S.div(K)).plus(r.plus(sqr(v).div(2)).times(T)).div(spread);
    var price = S.times(normal(d1)).minus(K.times(exp(r.times(T).neg())).times(normal(d1.minus(spread))));

    var delta = grad(price, S);
    var gamma = grad(delta, S);
    var vega = grad(price, v);
    var theta = grad(price, T).neg();
    var rho = grad(price, r);
    var pricer = function(inputs(S, K, r, v, T), outputs(price, delta, gamma, vega, theta, rho))
        .bind(Pricer.class, MethodHandles.lookup());
    // @end

    for (double spot = 80; spot <= 120; spot += 20) {
        var g = pricer.of(spot, 100, 0.05, 0.2, 1);
        IO.println("S = %3.0f  price %8.5f  delta %.5f  gamma %.5f  vega %8.5f  theta %8.5f  rho %8.5f"
            .formatted(spot, g.price(), g.delta(), g.gamma(), g.vega(), g.theta(), g.rho()));
    }
}

/// The normal distribution function.
Expr normal(Expr d) { return erfc(d.neg().div(Math.sqrt(2))).times(0.5); }
