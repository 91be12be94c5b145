package org.agnesi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.agnesi.error.FormulaError;
import org.agnesi.symbolic.Expr;
import org.junit.jupiter.api.Test;

/// Words in any order: a formula is read or refused with its place marked, and nothing else happens.
class FormulaFuzzTest {
    private static final List<Expr> BOUND = List.of(Tensors.dscalar("x"), Tensors.dvector("v", 3), Tensors.dmatrix("A", 2, 3), Tensors.dmatrix("B"));

    private static final List<String> WORDS = List.of("x", "v", "A", "B", "y", "2", "0", "-1", "0.5", "1e400", "pi", "nan", "None", "True", "int32", "'ij->i'",
        "+", "-", "*", "/", "//", "%", "**", "@", "<", "==", "and", "or", "not", "&", "|", "~", "(", ")", "(", ")", "[", "]", "[", "]", ",", ":", "...",
        ".", "=", ".T", ".shape", ".at", ".sum(", ".set(", "axis=", "keepdims=True", "?", "\"", "é");

    @Test void wordsInAnyOrder() {
        var random = new Random(20_260_101);
        int read = 0;
        for (int i = 0; i < 20_000; i++) {
            var words = new ArrayList<String>();
            for (int n = random.nextInt(1, 9); n > 0; n--) words.add(WORDS.get(random.nextInt(WORDS.size())));
            if (isRead(String.join(random.nextBoolean() ? " " : "", words))) read++;
        }
        assertThat(read).isGreaterThan(500);
    }

    /// Every function with arguments of every kind.
    @Test void functionsOfAnything() {
        var random = new Random(20_260_102);
        var names = List.copyOf(Functions.ALL.names());
        var arguments = List.of("x", "v", "A", "B", "2", "-1", "0", "0.5", "[1, 2]", "[A, A]", "(0, 1)", "A > 1", "'ij,jk->ik'", "float32", "True", "None",
            "axis=1", "axis=-1", "axis=5", "axis=(0, 0)", "keepdims=True", "10**12", "-10**12", "[]", "v[0]", "A.shape", "A.shape[0]");
        int read = 0;
        for (int i = 0; i < 20_000; i++) {
            var given = new ArrayList<String>();
            for (int n = random.nextInt(1, 4); n > 0; n--) given.add(arguments.get(random.nextInt(arguments.size())));
            if (isRead(names.get(random.nextInt(names.size())) + "(" + String.join(", ", given) + ")")) read++;
        }
        assertThat(read).isGreaterThan(1000);
    }

    private static boolean isRead(String text) {
        try {
            return Formula.parse(text, BOUND).type() != null;
        } catch (FormulaError e) {
            assertThat(e.getMessage()).contains("\n    ").contains("^");
            return false;
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            return fail(text, e);
        }
    }
}
