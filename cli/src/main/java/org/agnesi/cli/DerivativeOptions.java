package org.agnesi.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.agnesi.Agnesi;
import org.agnesi.Tensors;
import org.agnesi.array.NDArray;
import org.agnesi.error.ArgumentError;
import org.agnesi.error.DisconnectedInputError;
import org.agnesi.error.FormulaError;
import org.agnesi.error.TypeError;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.TensorType;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options that choose a derivative; without any it is the gradient.
final class DerivativeOptions {
    @Option(names = "--jacobian", description = "The Jacobian instead of the gradient: the formula may have any shape.")
    private boolean jacobian;

    @Option(names = "--hessian", description = "The Hessian instead of the gradient.")
    private boolean hessian;

    @Option(names = "--rop", paramLabel = "NAME=VALUE",
        description = "The Jacobian times a vector: how the formula changes when NAME changes by VALUE. May be repeated.")
    private List<String> rop = new ArrayList<>();

    @Option(names = "--lop", paramLabel = "VALUE", description = "A vector times the Jacobian; it has the formula's shape.")
    private @Nullable String lop;

    /// The derivatives of `f`, and the vectors that they take beside the formula's own inputs.
    record Asked(List<Question> questions, List<Input> vectors) {}

    Asked ask(String formula, Expr f, List<Input> inputs, List<String> names) throws IOException {
        try {
            return asked(formula, f, inputs, names);
        } catch (DisconnectedInputError e) {
            throw new FormulaError(e.problem().lines().findFirst().orElseThrow(), formula, 0, formula.length(),
                "Differentiate by a name whose value matters, not its shape alone: --wrt NAME.");
        }
    }

    private Asked asked(String formula, Expr f, List<Input> inputs, List<String> names) throws IOException {
        if (!rop.isEmpty()) return forward(f, inputs);
        var wrt = wrt(inputs, names);
        if (jacobian) return asked(wrt, x -> new Question("∂f/∂" + x.name(), Agnesi.jacobian(f, x.variable())));
        if (lop != null) return backward(f, inputs, wrt, lop);
        if (f.type().rank() > 0) throw new FormulaError("a gradient needs a scalar, but the formula is of type " + f.type(),
            formula, 0, formula.length(), "Sum it: sum(%s), or ask for --jacobian.".formatted(formula));
        return hessian ? hessians(f, wrt) : gradients(f, wrt);
    }

    private static Asked gradients(Expr f, List<Input> wrt) {
        var gradients = Agnesi.grad(f, variables(wrt));
        var questions = new ArrayList<Question>();
        for (int i = 0; i < wrt.size(); i++) questions.add(new Question("∂f/∂" + wrt.get(i).name(), gradients.get(i)));
        return new Asked(questions, List.of());
    }

    private static Asked hessians(Expr f, List<Input> wrt) {
        var blocks = Agnesi.hessian(f, variables(wrt));
        var questions = new ArrayList<Question>();
        for (int i = 0; i < wrt.size(); i++)
            for (int j = 0; j < wrt.size(); j++) {
                var a = wrt.get(i).name();
                var b = wrt.get(j).name();
                questions.add(new Question(i == j ? "∂²f/∂" + a + "²" : "∂²f/∂" + a + "∂" + b, blocks.get(i).get(j)));
            }
        return new Asked(questions, List.of());
    }

    private Asked forward(Expr f, List<Input> inputs) throws IOException {
        var wrt = new ArrayList<Input>();
        var vectors = new ArrayList<Input>();
        var titles = new ArrayList<String>();
        for (var argument : rop) {
            var named = Named.parse(argument);
            var x = find(named.name(), inputs, "--rop");
            wrt.add(x);
            var dx = vector(free("d" + x.name(), inputs), Values.read(named.value()), x.variable().type());
            marking(named.value(), () -> Agnesi.rop(f, x.variable(), dx.variable()));
            vectors.add(dx);
            titles.add("∂f/∂%s·%s".formatted(x.name(), dx.name()));
        }
        return new Asked(List.of(new Question(String.join(" + ", titles), Agnesi.rop(f, variables(wrt), variables(vectors)))), vectors);
    }

    private static Asked backward(Expr f, List<Input> inputs, List<Input> wrt, String value) throws IOException {
        var word = Word.of(value);
        var g = vector(free("g", inputs), Values.read(word), f.type());
        var products = marking(word, () -> Agnesi.lop(f, variables(wrt), g.variable()));
        var questions = new ArrayList<Question>();
        for (int i = 0; i < wrt.size(); i++) questions.add(new Question(g.name() + "·∂f/∂" + wrt.get(i).name(), products.get(i)));
        return new Asked(questions, List.of(g));
    }

    /// What is built with a vector; if its type does not fit, the mistake is where it was typed.
    private static <T> T marking(Word vector, Supplier<T> built) {
        try {
            return built.get();
        } catch (TypeError e) {
            throw vector.mistake(e);
        }
    }

    /// A vector beside `like`, whose dtype it takes.
    private static Input vector(String name, NDArray value, TensorType like) {
        var array = like.dtype().isFloating() ? value.cast(like.dtype()) : value;
        return new Input(name, Tensors.tensor(name, array.dtype(), array.shape().dims()), array);
    }

    /// A name that the formula has not.
    private static String free(String name, List<Input> inputs) {
        return inputs.stream().anyMatch(x -> x.name().equals(name)) ? free(name + "_", inputs) : name;
    }

    private static List<Input> wrt(List<Input> inputs, List<String> names) {
        if (names.isEmpty()) {
            var floating = inputs.stream().filter(x -> x.variable().type().dtype().isFloating()).toList();
            if (!floating.isEmpty()) return floating;
            throw new ArgumentError("""
                a name to differentiate with respect to is needed, but the formula has none that is floating
                Write one in it: x**2.""");
        }
        var found = new ArrayList<Input>();
        for (var list : names) for (var name : Word.of(list).list()) found.add(find(name, inputs, "--wrt"));
        return found;
    }

    private static Input find(Word name, List<Input> inputs, String option) {
        return inputs.stream().filter(x -> x.name().equals(name.text())).findFirst()
            .orElseThrow(() -> InputOptions.unknown(name, inputs.stream().map(Input::name).toList(), option));
    }

    private static List<Expr> variables(List<Input> inputs) { return inputs.stream().map(Input::variable).toList(); }

    private interface Asking {
        Question of(Input x);
    }

    private static Asked asked(List<Input> wrt, Asking asking) { return new Asked(wrt.stream().map(asking::of).toList(), List.of()); }
}
