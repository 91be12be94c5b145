package org.agnesi.cli;

import static org.agnesi.cli.Shell.refuses;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.agnesi.array.NDArray;
import org.agnesi.array.NpyFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeriveMistakesTest {
    @TempDir
    Path folder;

    @Test void aNameWithoutAValue() {
        refuses("""
            a value is needed for yy
                x + sum(yy)
                        ^^
            Add --at yy=VALUE.""", "derive", "x + sum(yy)", "--at", "x=2");
    }

    @Test void aValueWithoutAName() {
        refuses("""
            --at needs a name of the formula, but got z
                z=3
                ^
            The formula has x, y.""", "derive", "x*y", "--at", "x=1", "--at", "y=2", "--at", "z=3");
    }

    @Test void twoValuesForOneName() {
        refuses("""
            --at is needed once for each name, but x has two
                x=2
                ^
            Leave one away.""", "derive", "x", "--at", "x=1", "--at", "x=2");
    }

    @Test void anUnknownFunction() {
        refuses("""
            a known function is needed, but got sofplus; did you mean softplus?
                sofplus(x)
                ^^^^^^^
            Functions are those of org.agnesi.Tensors, in camelCase or snake_case.""", "derive", "sofplus(x)");
    }

    @Test void aFormulaThatCannotBeRead() {
        refuses("""
            a value is needed, but got )
                2*(x + )
                       ^""", "derive", "2*(x + )");
    }

    @Test void anUnknownSign() {
        refuses("""
            a formula is needed, but got the sign ^
                x^2
                 ^
            The power is written **, exclusive or xor(a, b).""", "derive", "x^2");
    }

    @Test void shapesThatDoNotFit() {
        refuses("""
            dot needs axis 0 of x and axis 0 of y to be equal, but got
              x: float64[2]
              y: float64[3]
                dot(x, y)
                ^^^
            Transpose or reshape one of them.""", "derive", "dot(x, y)", "--at", "x=[1,2]", "--at", "y=[1,2,3]");
    }

    @Test void aValueOfAnotherRank() {
        refuses("""
            f needs x of type float64[?], but got float64[1,2]
                x=[[1,2]]
                  ^^^^^^^
            Pass an array of rank 1.""", "derive", "sum(x)", "--type", "x: dvector", "--at", "x=[[1,2]]");
    }

    @Test void aValueOfAnotherDtype() {
        refuses("""
            f needs n of type int64[], but got float64[]
                n=1.5
                  ^^^
            Arrays widen but never narrow: cast it with cast(DType.INT64), or declare n as float64.""", "derive", "x*n", "--type", "n: int64[]", "--at", "n=1.5", "--at", "x=2");
    }

    @Test void aGradientOfManyNumbers() {
        refuses("""
            a gradient needs a scalar, but the formula is of type float64[2]
                x**2
                ^^^^
            Sum it: sum(x**2), or ask for --jacobian.""", "derive", "x**2", "--at", "x=[1,2]");
    }

    @Test void aNameThatChangesNothing() {
        refuses("""
            grad needs an input that the formula depends on, but 2 * 1.0 does not depend on x of type float64[2]
                x.shape[0]*1.0
                ^^^^^^^^^^^^^^
            Differentiate by a name whose value matters, not its shape alone: --wrt NAME.""",
            "derive", "x.shape[0]*1.0", "--at", "x=[1,2]");
    }

    @Test void anUnknownNameToDifferentiateBy() {
        refuses("""
            --wrt needs a name of the formula, but got z
                x,z
                  ^
            The formula has x, y.""", "derive", "x*y", "--wrt", "x,z");
    }

    @Test void nothingToDifferentiateBy() {
        refuses("""
            a name to differentiate with respect to is needed, but the formula has none that is floating
            Write one in it: x**2.""", "derive", "2*3");
    }

    @Test void anUnknownType() {
        assertThat(Shell.run("derive", "x", "--type", "x: dmatrx").err()).startsWith("""
            a type is needed, but got dmatrx
                x: dmatrx
                   ^^^^^^
            Types are\s""");
    }

    @Test void aTypeWithoutAName() {
        refuses("""
            --type needs NAME:TYPE, but got dmatrix
                dmatrix
                ^^^^^^^
            Write for example 'x: dvector' or 'x: float64[3,?]'.""", "derive", "x", "--type", "dmatrix");
    }

    @Test void anUnknownDtype() {
        refuses("""
            Invalid value for option '--dtype': a dtype is needed, but got float
                float
                ^^^^^
            Dtypes are bool, int8, uint8, int16, int32, int64, float32, float64.
            Options are listed by: agnesi derive --help""", "derive", "x", "--dtype", "float");
    }

    @Test void anUnknownOption() {
        refuses("""
            nothing more is needed, but got --frobnicate
                derive 'sum(x)' --frobnicate --wrt x
                                ^^^^^^^^^^^^
            Options are listed by: agnesi derive --help""", "derive", "sum(x)", "--frobnicate", "--wrt", "x");
    }

    @Test void twoKindsOfDerivative() {
        refuses("""
            one of --jacobian, --hessian, --rop, --lop is needed, but got --jacobian and --hessian
                derive x --jacobian --hessian
                                    ^^^^^^^^^
            Options are listed by: agnesi derive --help""", "derive", "x", "--jacobian", "--hessian");
    }

    @Test void anOptionWithoutItsValue() {
        refuses("""
            --at NAME=VALUE is needed
                derive x --at
                             ^
            Options are listed by: agnesi derive --help""", "derive", "x", "--at");
    }

    @Test void noFormula() {
        refuses("""
            EXPR is needed
                derive
                      ^
            Options are listed by: agnesi derive --help""", "derive");
    }

    @Test void raggedRows() {
        refuses("""
            rows of one length are needed, but row 1 has length 1 and row 0 has length 2
                x=[[1,2],[3]]
                         ^^^
            Pad or cut them to the same length.""", "derive", "sum(x)", "--at", "x=[[1,2],[3]]");
    }

    @Test void brokenJson() {
        refuses("""
            a JSON number or array is needed, but this is not JSON
                x=[1,,2]
                     ^
            Write for example 2, [1, 2.5] or [[0, 1], [-1, -2]].""", "derive", "sum(x)", "--at", "x=[1,,2]");
    }

    @Test void aMissingFile() {
        refuses("""
            a readable file is needed, but got no.npy
                x=@no.npy
                   ^^^^^^""", "derive", "sum(x)", "--at", "x=@no.npy");
    }

    @Test void aTypeForANameThatTheFormulaLacks() {
        refuses("""
            --type needs a name of the formula, but got z
                z: dvector
                ^
            The formula has x.""", "derive", "x", "--type", "z: dvector");
    }

    @Test void anUnknownDtypeInAType() {
        refuses("""
            a dtype is needed, but got float
                x: float[3]
                   ^^^^^
            Dtypes are bool, int8, uint8, int16, int32, int64, float32, float64.""", "derive", "sum(x)", "--type", "x: float[3]");
    }

    @Test void aValueWithoutASign() {
        refuses("""
            NAME=VALUE is needed, but got x
                x
                ^
            Write for example x=2 or x=[[0,1],[-1,-2]].""", "derive", "x", "--at", "x");
    }

    @Test void aRowOfAnotherLengthBelow() {
        refuses("""
            rows of one length are needed, but row [1, 0] has length 1 and row [0, 0] has length 2
                x = [[[1,2]], [[3]]]
                               ^^^
            Pad or cut them to the same length.""", "derive", "sum(x)", "--at", "x = [[[1,2]], [[3]]]");
    }

    @Test void aNumberAmongRows() {
        refuses("""
            rows of one length are needed, but row 1 is a single number and row 0 has length 2
                x=[[1,2],3]
                  ^^^^^^^^^
            Pad or cut them to the same length.""", "derive", "sum(x)", "--at", "x=[[1,2],3]");
    }

    @Test void aDirectionOfAnotherName() {
        refuses("""
            --rop needs a name of the formula, but got y
                y=1
                ^
            The formula has x.""", "derive", "x**2", "--rop", "y=1");
    }

    @Test void aDirectionOfAnotherShape() {
        refuses("""
            rop needs a vector of the shape of its input, but got
              input: x of type float64[2]
              vector: dx of type float64[3]
                x=[1,2,3]
                  ^^^^^^^
            Give the direction as many dimensions, of the same sizes.""", "derive", "x**2", "--rop", "x=[1,2,3]", "--at", "x=[1,2]");
    }

    @Test void aVectorOfAnotherShape() {
        refuses("""
            lop needs a vector of the shape of its result, but got
              result: x ** 2 of type float64[2]
              vector: g of type float64[]
                1
                ^
            Give the direction as many dimensions, of the same sizes.""", "derive", "x**2", "--lop", "1", "--at", "x=[1,2]");
    }

    @Test void aFileOfAnotherKind() {
        refuses("""
            a value from a file needs @NAME.npy or @NAME.csv, but got @x.txt
                x=@x.txt
                   ^^^^^
            Save it in one of these formats, or type the numbers as JSON.""", "derive", "x", "--at", "x=@x.txt");
    }

    @Test void aBadCell() throws IOException {
        Files.writeString(folder.resolve("x.csv"), "a,b\n1,2\n3,four\n");
        refusesFile("x.csv", """
            a number is needed in x.csv, line 3, column 2 (b), but got 'four'
                x=@%s
                   %s
            Numbers look like -1.5e3, separated by commas; write nan for a missing value.""");
    }

    @Test void anNpyFileCutShort() throws IOException {
        var path = folder.resolve("x.npy");
        NpyFile.write(path, NDArray.of(new double[] {1, 2, 3}));
        var bytes = Files.readAllBytes(path);
        Files.write(path, Arrays.copyOf(bytes, bytes.length - 8));
        refusesFile("x.npy", """
            float64 of shape (3,) needs 24 bytes of elements in x.npy, but 16 follow the header
                x=@%s
                   %s
            The file is cut short: save it again.""");
    }

    @Test void anNpyFileOfObjects() throws IOException {
        writeHeader("{'descr': '|O', 'fortran_order': False, 'shape': (3,), }", 24);
        refusesFile("x.npy", """
            numbers or booleans are needed in x.npy, but it holds Python objects ('|O')
                x=@%s
                   %s
            Convert them in Python before saving: numpy.save(file, x.astype("float64")).""");
    }

    @Test void anNpyHeaderThatLies() throws IOException {
        writeHeader("{'descr': '<f8', 'fortran_order': False, 'shape': (1,), }", 24);
        refusesFile("x.npy", """
            float64 of shape (1,) needs 8 bytes of elements in x.npy, but 24 follow the header
                x=@%s
                   %s
            The file is longer than its header says: save it again.""");
    }

    /// A mistake in a file is shown at its name.
    private void refusesFile(String name, String message) {
        var path = folder.resolve(name).toString();
        refuses(message.formatted(path, "^".repeat(path.length())), "derive", "sum(x)", "--at", "x=@" + path);
    }

    private void writeHeader(String header, int dataBytes) throws IOException {
        var text = header.getBytes(StandardCharsets.US_ASCII);
        var bytes = ByteBuffer.allocate(10 + text.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN)
            .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0}).putShort((short) text.length).put(text);
        Files.write(folder.resolve("x.npy"), bytes.array());
    }
}
