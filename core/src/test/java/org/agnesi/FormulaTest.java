package org.agnesi;

import static org.agnesi.Agnesi.formula;
import static org.agnesi.Agnesi.function;
import static org.agnesi.Tensors.dmatrix;
import static org.agnesi.Tensors.dscalar;
import static org.agnesi.Tensors.dvector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.lang.reflect.Method;
import java.util.List;
import java.util.stream.Stream;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.error.AgnesiException;
import org.agnesi.error.FormulaError;
import org.agnesi.error.ShapeError;
import org.agnesi.symbolic.Axes;
import org.agnesi.symbolic.Expr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormulaTest {
    private final Expr x = dscalar("x");
    private final Expr y = dscalar("y");
    private final Expr v = dvector("v");
    private final Expr A = dmatrix("A");

    private static String text(NDArray value) { return value.toString().replace("\n", ""); }

    private double at3(String text) { return function(x, formula(text, x)).call(3.0).toDouble(); }

    private String ofVector(String text) { return text(function(v, formula(text, v)).call(new double[] {1, 2, 3})); }

    private String ofMatrix(String text) { return text(function(A, formula(text, A)).call(new double[][] {{1, 2, 3}, {4, 5, 6}})); }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "x + 2*x; 9", "(x + 2)*x; 15", "-x**2; -9", "(-x)**2; 9", "2**-1*x; 1.5", "2**3**2 - x; 509", "x - 1 - 1; 1", "12/x/2; 2",
        "1/3*x; 1", "x*1e1; 30", ".5*x; 1.5", "1_000*x; 3000", "--x; 3", "+x; 3", "x**-1*3; 1", "7//2*x; 9", "-7//2*x; -12", "-7 % 4 * x; 3",
        "pi*0 + x; 3", "log(e)*x; 3", "2**100/2**98*x; 12", "where(x > 2, 1, 0); 1", "where(2 < x < 3, 1, 0); 0", "where(2 < x <= 3, 1, 0); 1",
        "where(not x > 2, 1, 0); 0", "where(x > 2 and x < 1 or x == 3, 1, 0); 1", "where((x > 2) & ~(x < 1), 5, 6); 5", "where(x != 3, 1, 2); 2"})
    void bindsAsPythonDoes(String text, double value) { assertThat(at3(text)).isEqualTo(value); }

    @Test void numbersAreWeak() {
        assertThat(formula("x * 2 + 0.5", Tensors.tensor("x", DType.FLOAT32)).type()).hasToString("float32[]");
    }

    @Test void integersStayIntegers() { assertThat(formula("2").type()).hasToString("int64[]"); }

    @Test void aFormulaMayBeANumber() { assertThat(function(List.of(), formula("2**0.5")).call().toDouble()).isEqualTo(Math.sqrt(2)); }

    @Test void functionsComeFromTensors() { assertThat(at3("exp(log(x))")).isCloseTo(3, offset(1e-15)); }

    @Test void reductionsTakeAnAxis() { assertThat(ofMatrix("sum(A, axis=0)")).isEqualTo("[5. 7. 9.]"); }
    @Test void anAxisMayStandAlone() { assertThat(ofMatrix("sum(A, -1)")).isEqualTo("[ 6. 15.]"); }
    @Test void axesMayBeAPair() { assertThat(ofMatrix("sum(A, axis=(0, 1))")).isEqualTo("21.0"); }
    @Test void axesMayBeKept() { assertThat(ofMatrix("A/sum(A, axis=1, keepdims=True)*6")).startsWith("[[1.  2.  3. ]"); }
    @Test void allAxesMayBeKept() { assertThat(ofMatrix("sum(A, keepdims=True)")).isEqualTo("[[21.]]"); }
    @Test void noAxisMeansAll() { assertThat(ofMatrix("sum(A, axis=None)")).isEqualTo("21.0"); }
    @Test void functionsAreMethodsToo() { assertThat(ofMatrix("A.sum(0).exp().log().sum()")).isEqualTo("21.0"); }
    @Test void tTransposes() { assertThat(ofMatrix("A.T")).isEqualTo("[[1. 4.] [2. 5.] [3. 6.]]"); }
    @Test void shapeIsAListOfLengths() { assertThat(ofMatrix("A.shape[-1]*A.shape[0] + A.ndim")).isEqualTo("8"); }
    @Test void lengthIsTheFirst() { assertThat(ofMatrix("A.length()")).isEqualTo("2"); }
    @Test void snakeCaseIsCamelCase() { assertThat(ofVector("expand_dims(v, 1)")).isEqualTo("[[1.] [2.] [3.]]"); }
    @Test void aListIsAConstant() { assertThat(ofVector("v*[1, 10, 100]")).isEqualTo("[  1.  20. 300.]"); }
    @Test void aTypeIsAName() { assertThat(ofVector("cast(v, int32)")).isEqualTo("[1 2 3]"); }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "A[0]; [1. 2. 3.]", "A[-1]; [4. 5. 6.]", "A[:, 0]; [1. 4.]", "A[1, 2]; 6.0", "A[..., 1:]; [[2. 3.] [5. 6.]]", "A[0, ::-1]; [3. 2. 1.]",
        "A[0, :-1]; [1. 2.]", "A[0][None, :]; [[1. 2. 3.]]", "A[A > 2]; [3. 4. 5. 6.]", "A[0, [2, 0]]; [3. 1.]", "A[:, A.shape[1] - 1]; [3. 6.]",
        "A[0, 0:3:2]; [1. 3.]", "A[A.length() - 1][0]; 4.0", "A.at[0, 0].set(9)[0]; [9. 2. 3.]", "A.at[0].add(A[1])[0]; [5. 7. 9.]"})
    void indexesAsNumPyDoes(String text, String value) { assertThat(ofMatrix(text)).isEqualTo(value); }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "A @ [1, 0, 1]; [ 4. 10.]", "A.T @ A[:, :1]; [[17.] [22.] [27.]]", "A // 2; [[0. 1. 1.] [2. 2. 3.]]", "A % 2; [[1. 0. 1.] [0. 1. 0.]]",
        "concatenate([A[0], A[1]]); [1. 2. 3. 4. 5. 6.]", "concatenate([A, A], axis=1)[0]; [1. 2. 3. 1. 2. 3.]", "stack([A[0, 0], 7, A[1, 1]]); [1. 7. 5.]",
        "[A[0, 0], 7]; [1. 7.]", "A.reshape(3, 2)[0]; [1. 2.]", "A.reshape((3, 2))[0]; [1. 2.]", "reshape(A, [-1])[-1]; 6.0",
        "A.mean(axis=1); [2. 5.]", "arange(3); [0 1 2]", "eye(2); [[1. 0.] [0. 1.]]", "einsum('ij,ij->i', A, A); [14. 77.]", "clip(A, 2, 5)[0]; [2. 2. 3.]",
        "clip(A[0], low=2, high=3); [2. 2. 3.]", "zeros_like(A)[0]; [0. 0. 0.]", "where(A > 2, A, -A)[0]; [-1. -2.  3.]", "softmax(A[0]*0, axis=-1)*3; [1. 1. 1.]"})
    void callsWhatTensorsHas(String text, String value) { assertThat(ofMatrix(text)).isEqualTo(value); }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "grad(sum(v**2), v); [2. 4. 6.]", "grad(sum(v**2), [v])[0]; [2. 4. 6.]", "rop(v**2, v, [1, 0, 1]); [2. 0. 6.]", "lop(v**2, v, [1, 0, 1]); [2. 0. 6.]",
        "jacobian(v**2, v)[1]; [0. 4. 0.]", "hessian(sum(v**3), v)[2]; [ 0.  0. 18.]", "sum(grad(sum(v**3), v)); 42.0", "zero_grad(v); [1. 2. 3.]"})
    void derivesInside(String text, String value) { assertThat(ofVector(text)).isEqualTo(value); }

    @Test void everyFunctionOfExpressionsIsKnown() {
        var ofExpressions = Stream.of(Tensors.class.getDeclaredMethods())
            .filter(m -> m.getReturnType() == Expr.class && Stream.of(m.getParameterTypes()).allMatch(List.of(Expr.class, Axes.class, int.class)::contains));
        assertThat(ofExpressions.map(Method::getName)).hasSizeGreaterThan(80).allSatisfy(name -> assertThat(Functions.ALL.has(name)).as(name).isTrue());
    }

    @Test void anIndexOutOfRange() {
        refuses("A.shape[2]", """
            an index from -2 to 1 is needed, but got 2
                A.shape[2]
                  ^^^^^""", A);
    }

    @Test void anEmptyIndex() {
        refuses("v[]", """
            an index is needed between [ and ]
                v[]
                  ^
            x[0], x[1:3], x[:, 0] and x[-1] are some.""", v);
    }

    @Test void aStepThatIsNoNumber() {
        refuses("v[::v]", """
            a span needs a step that is a number, but got v
                v[::v]
                ^
            Write for example x[::2] or x[::-1].""", v);
    }

    @Test void anIndexThatIsNotClosed() {
        refuses("v[0", """
            an index needs , : or ], but got the end
                v[0
                   ^""", v);
    }

    @Test void namesAreListedInOrder() {
        assertThat(Formula.names("log(S/K) + 0.5*v**2 - sum(S, axis=a) + x.T and pi > e")).containsExactly("S", "K", "v", "a", "x");
    }

    @Test void aBoundNameHidesAConstant() { assertThat(function(y, formula("e + 1", y.named("e"))).call(1).toDouble()).isEqualTo(2); }

    @Test void aThousandTermsAreNotDeep() { assertThat(at3("x" + " + x".repeat(9_999))).isEqualTo(30_000); }

    private void refuses(String text, String message, Expr... named) {
        assertThat(mistake(text, named).getMessage()).isEqualTo(message);
    }

    private static AgnesiException mistake(String text, Expr... named) {
        try {
            formula(text, named);
        } catch (AgnesiException e) {
            return e;
        }
        throw new AssertionError(text + " was accepted");
    }

    @Test void anUnknownNameOffersNearOnes() {
        refuses("log(strike) + sptot", """
            a known name is needed, but got sptot; did you mean spot?
                log(strike) + sptot
                              ^^^^^
            Bound here: strike, spot.""", dscalar("strike"), dscalar("spot"));
    }

    @Test void anUnknownNameOfNothingNear() {
        refuses("q", """
            a known name is needed, but got q
                q
                ^
            No name is bound here.""");
    }

    @Test void anUnknownFunctionOffersNearOnes() {
        refuses("1 + transpoze(x)", """
            a known function is needed, but got transpoze; did you mean transpose?
                1 + transpoze(x)
                    ^^^^^^^^^
            Functions are those of org.agnesi.Tensors, in camelCase or snake_case.""", x);
    }

    @Test void anUnknownMethodOffersNearOnes() {
        refuses("x.smu()", """
            a known method is needed, but got .smu; did you mean sum?
                x.smu()
                  ^^^
            Methods are the functions of org.agnesi.Tensors: x.sum(0) is sum(x, 0).""", x);
    }

    @Test void aMethodWithoutParentheses() {
        refuses("v.sum", """
            an attribute is needed after ., but got sum
                v.sum
                  ^^^
            Call it: .sum().""", v);
    }

    @Test void wrongArgumentsShowWhatIsTaken() {
        refuses("log(x, 2)", """
            log cannot take (x, 2)
                log(x, 2)
                ^^^
            It is called as log(x).""", x);
    }

    @Test void anUnknownKeywordShowsWhatIsTaken() {
        refuses("sum(v, axes=0, keep=True)", """
            sum cannot take (v, axes=0, keep=true)
                sum(v, axes=0, keep=True)
                ^^^
            It is called as sum(x), sum(x, axes…), sum(x, axes, keepdims).""", v);
    }

    @Test void aFunctionIsNoValue() {
        refuses("exp + 1", """
            an argument is needed for the function exp
                exp + 1
                ^^^
            Write exp(x).""");
    }

    @Test void aValueIsNoFunction() {
        refuses("x(x + 1)", """
            a function is needed before (, but got a value
                x(x + 1)
                ^
            A product is written with *.""", x);
    }

    @Test void aNumberBeforeAName() {
        refuses("1 + 2x", """
            an operator is needed between 2 and x
                1 + 2x
                    ^^
            A product is written 2*x.""", x);
    }

    @Test void twoNamesInARow() {
        refuses("x y", """
            an operator or the end is needed, but got y
                x y
                  ^""", x, y);
    }

    @Test void aMissingOperand() {
        refuses("x * ", """
            a value is needed, but got the end
                x *\s
                    ^""", x);
    }

    @Test void aMissingParenthesis() {
        refuses("(x + 1", """
            ( at 1 needs , or ), but got the end
                (x + 1
                      ^""", x);
    }

    @Test void aParenthesisTooMany() {
        refuses("(x + 1))", """
            an operator or the end is needed, but got )
                (x + 1))
                       ^""", x);
    }

    @Test void nothingAtAll() {
        refuses("", """
            a value is needed, but got the end
               \s
                ^""");
    }

    @Test void theCaretIsNoPower() {
        refuses("x^2", """
            a formula is needed, but got the sign ^
                x^2
                 ^
            The power is written **, exclusive or xor(a, b).""", x);
    }

    @Test void anUnknownSign() {
        refuses("x ? 1", """
            a formula is needed, but got the sign ?
                x ? 1
                  ^
            The operators are + - * / // % ** @, < <= > >= == !=, and or not.""", x);
    }

    @Test void aQuoteThatIsNotClosed() {
        refuses("einsum('ij", """
            a formula is needed, but got the sign '
                einsum('ij
                       ^
            A quoted word ends with the quote it began with.""");
    }

    @Test void twoSignsThatOtherLanguagesHave() {
        refuses("x > 0 && x < 1", """
            a formula is needed, but got the sign &&
                x > 0 && x < 1
                      ^^
            Both is written and.""", x);
    }

    @Test void aSizeBeyondArrays() {
        refuses("zeros(10**12)", """
            a dimension from 0 to 2147483647 is needed, but got 1000000000000
                zeros(10**12)
                ^^^^^
            Java's arrays are no longer.""");
    }

    @Test void masksNeedTruthValues() {
        refuses("x & (y > 0)", """
            & needs truth values, but got x of type float64[]
                x & (y > 0)
                  ^
            Compare first, in parentheses: (x > 0) & (y > 0).""", x, y);
    }

    @Test void divisionOfNumbersByZero() {
        refuses("x + 1/0", """
            a divisor other than 0 is needed
                x + 1/0
                     ^""", x);
    }

    @Test void raggedLists() {
        refuses("x*[[1, 2], [3]]", """
            rows of one length are needed, but row 1 has length 1 and row 0 has length 2
                x*[[1, 2], [3]]
                 ^
            Pad or cut them to the same length.""", x);
    }

    @Test void theNestingIsBounded() {
        var error = mistake("(".repeat(100_000) + "x" + ")".repeat(100_000), x);
        assertThat(error.getMessage()).startsWith("at most 200 levels of nesting are possible\n    … ((((((").endsWith("Name a part of it.");
    }

    @Test void signsAreNestingToo() { assertThat(mistake("-".repeat(100_000) + "x", x)).isInstanceOf(FormulaError.class); }

    @Test void powersAreNestingToo() { assertThat(mistake("x**".repeat(100_000) + "x", x)).isInstanceOf(FormulaError.class); }

    @Test void onlyTheLineOfTheMistakeIsShown() {
        refuses("x +\n  transpoze(x)\n + 1", """
            a known function is needed, but got transpoze; did you mean transpose?
                  transpoze(x)
                  ^^^^^^^^^
            Functions are those of org.agnesi.Tensors, in camelCase or snake_case.""", x);
    }

    @Test void theMistakeOfAnOperationIsTheCause() {
        var error = mistake("1 + (p + q)", dvector("p", 2), dvector("q", 3));
        assertThat(error).isInstanceOf(FormulaError.class).hasCauseInstanceOf(ShapeError.class);
        assertThat(error.getMessage()).contains("\n    1 + (p + q)\n           ^\n");
    }

    @Test void thePositionIsKnown() { assertThat(((FormulaError) mistake("x + q", x)).start()).isEqualTo(4); }

    @Test void whatIsBoundNeedsAName() {
        refuses("x", """
            an expression with a name is needed for a formula, but got x + 1
            Name it: x.named("x").""", x.plus(1));
    }

    @Test void twoOfOneNameAreAmbiguous() {
        refuses("x", """
            one expression for each name is needed, but two are called x
            Rename one of them: x.named("x2").""", x, dscalar("x"));
    }
}
