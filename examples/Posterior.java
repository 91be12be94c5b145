import module org.agnesi;
import static org.agnesi.Agnesi.*;
import static org.agnesi.Tensors.*;

/// Accidents per year with a trend, as Poisson counts: the most probable parameters, and their spread by Laplace's approximation.
void main() {
    var years = new double[] {-4.5, -3.5, -2.5, -1.5, -0.5, 0.5, 1.5, 2.5, 3.5, 4.5};
    var counts = new double[] {24, 25, 31, 31, 22, 21, 26, 20, 16, 22};

    // @start region="posterior"
    var theta = dvector("theta", 2);
    var t = dvector("t");
    var n = dvector("n");
    var rate = theta.get(0).plus(theta.get(1).times(t));                 // the log of the expected count
    var likelihood = sum(n.times(rate).minus(exp(rate)).minus(lgamma(n.plus(1))));
    var prior = sum(sqr(theta.div(constant(new double[] {10, 1})))).div(-2).minus(Math.log(2 * Math.PI * 10));
    var posterior = likelihood.plus(prior);

    var H = hessian(posterior, theta);
    var newton = function(inputs(theta, t, n), theta.minus(solve(H, grad(posterior, theta))));
    var covariance = function(inputs(theta, t, n), inverse(H.neg()));
    // @end

    var mode = NDArray.of(new double[] {3, 0});
    for (int i = 0; i < 8; i++) mode = newton.call(mode, years, counts);
    var spread = covariance.call(mode, years, counts);
    IO.println("log rate %.4f ± %.4f".formatted(mode.get(0), Math.sqrt(spread.get(0, 0))));
    IO.println("trend   %.4f ± %.4f".formatted(mode.get(1), Math.sqrt(spread.get(1, 1))));

    // The evidence for a trend: Laplace's approximation of the integral over theta.
    var evidence = posterior.plus(Math.log(2 * Math.PI)).minus(slogdet(H.neg()).get(1).div(2));
    IO.println("log evidence %.4f".formatted(function(inputs(theta, t, n), evidence).call(mode, years, counts).toDouble()));
}
