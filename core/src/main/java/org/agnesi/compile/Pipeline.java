package org.agnesi.compile;

import java.util.ArrayList;
import java.util.List;
import org.agnesi.op.LoopGradient;
import org.agnesi.op.SinkBranches;
import org.agnesi.rewrite.AndAgain;
import org.agnesi.rewrite.Explanation;
import org.agnesi.rewrite.InLambdas;
import org.agnesi.rewrite.InNewLambdas;
import org.agnesi.rewrite.Inline;
import org.agnesi.rewrite.JacobianProducts;
import org.agnesi.rewrite.JoinWrites;
import org.agnesi.rewrite.LiftSlices;
import org.agnesi.rewrite.Merge;
import org.agnesi.rewrite.OneHotLoops;
import org.agnesi.rewrite.Pass;
import org.agnesi.rewrite.Passes;
import org.agnesi.rewrite.ProductOrder;
import org.agnesi.rewrite.Rewriter;
import org.agnesi.rewrite.RuleClass;
import org.agnesi.rewrite.RuleSet;
import org.agnesi.rewrite.ShapeOf;
import org.agnesi.rewrite.Simplify;
import org.agnesi.rewrite.Strictness;
import org.agnesi.rewrite.Trace;
import org.agnesi.rewrite.TurnedProducts;
import org.agnesi.rewrite.Unfold;
import org.agnesi.symbolic.Expansion;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.Op;

/// The passes from the graph that was asked for to the one that is scheduled, in their order.
///
/// ```java
/// var pipeline = Pipeline.of(Strictness.DEFAULT);
/// var simpler = pipeline.rewrite(roots);                        // the same values, fewer ops
/// simpler.explanation();                                        // which rules fired, in order
/// Schedule.of(inputs, pipeline.lower(simpler.roots()));
/// ```
///
/// @param strictness which classes of rules run
/// @param rewriting  make the graph simpler and stabler; what they give is what a function shows as its graph
/// @param lowering   make it what the scheduler takes: the loops that run
public record Pipeline(Strictness strictness, Passes rewriting, Passes lowering) {
    private static final String BODIES = "bodies of loops and branches";
    private static final Pass CHOOSE = Pass.of("choose by sizes between loops, not in their steps", ChosenLoops::of);
    private static final Pass SINK = Pass.of("sink into the branches of ifElse what only they use", SinkBranches::sink);
    private static final Pass EXPAND = Pass.of("expand ops that have no loop of their own", Expansion::of);

    private static final Pass UNREAD = Pass.of("leave out what nobody reads", UnreadResults::of);
    private static final Pass REPLAY = Pass.of("go through loops again of which a gradient stores few states", ReplayLoops::of);

    private static final Pass SPLIT = Pass.of("part in loops in steps what is the same at all of these from what is not", SplitLoops::of);

    private static final Pass KEEP = Pass.of("keep what steps multiply that others make of their states again", KeptProducts::of);

    private static final Pass THROUGH = Pass.of("go through states that another loop has instead of making them again", FoundStates::of);

    private static final Pass BACK = new Inline("go back through loops that store few states", op -> op instanceof LoopGradient);
    private static final Pass MERGE_LOOPS = Pass.of("make one of loops whose steps do the same", MergedLoops::of);

    private static final Passes LOOPS = new Passes("loops over steps", List.of(
        UNREAD,
        Pass.of("take what is the same in all rows from one", RepeatedElements::of),
        KEEP,
        Pass.of("move out what does not wait for a state", HoistSteps::of),
        MERGE_LOOPS,
        Pass.of("multiply once what steps multiply and only a sum is wanted of", SumsOfProducts::of),
        Pass.of("turn matrices that steps multiply by", TurnedCaptures::of),
        Pass.of("keep only the last of states of which nothing else is read", LastValues::of)));

    /// Nothing is rewritten, and each op computes itself.
    public static final Pipeline REFERENCE =
        new Pipeline(Strictness.STRICT, new Passes("rewriting", List.of()), new Passes("lowering", List.of(SINK)));

    /// A graph made simpler and what was done to it.
    public record Rewritten(List<Expr> roots, Explanation explanation) {}

    public static Pipeline of(Strictness strictness) {
        return new Pipeline(strictness, whole(strictness),
            new Passes("lowering", List.of(inBodies(CHOOSE), CHOOSE, inBodies(THROUGH), THROUGH, inBodies(KEEP), KEEP, SINK, EXPAND,
                inBodies(UNREAD), UNREAD, inBodies(REPLAY), REPLAY, inBodies(SPLIT), SPLIT, inBodies(LOOPS), LOOPS,
                inBodies(new AndAgain(products(strictness), new Merge())), EXPAND)));
    }

    /// The passes on a graph and on the bodies in it, and then on those of loops that came to light.
    ///
    /// In a loop the order of products waits until what is the same at all steps has left it. Loops that do the same are merged first,
    /// while a derivative's steps still are word for word those of what it is of, and once more when they are as simple as can be.
    private static Passes whole(Strictness strictness) {
        return new Passes("rewriting", List.of(
            inBodies(BACK),
            BACK,
            MERGE_LOOPS,
            Pass.of(THROUGH.name() + ", once all derivatives are taken",
                roots -> Graph.hasOp(roots, Op::isTransparent) ? roots : THROUGH.run(roots, new Trace())),
            inSteps(strictness),
            inBodies(rewriting(strictness, new Passes("products wait", List.of()))),
            new InNewLambdas(BODIES, rewriting(strictness, products(strictness)), simpler(strictness), op -> !op.isTransparent())));
    }

    /// The steps of a derivative, which was simple when it was taken, made of simpler ops. In its normal form a step may take more than
    /// before.
    private static Passes simpler(Strictness strictness) {
        return new Passes("simpler ops", List.of(new Rewriter(RuleSet.SPECIALIZE, strictness), new Rewriter(RuleSet.FINISH, strictness)));
    }

    /// Where sums may not be reordered, no product is a sweep.
    private static Passes inSteps(Strictness strictness) {
        var move = Pass.of("move into steps the Jacobians that they multiply vectors by", JacobiansInSteps::of);
        return new Passes("jacobians of steps", strictness.allows(RuleClass.REAL) ? List.of(move, inBodies(move)) : List.of());
    }

    private static Passes products(Strictness strictness) { return new Passes("products", List.of(new ProductOrder(strictness))); }

    private static InLambdas inBodies(Pass pass) { return new InLambdas(BODIES, pass, op -> !op.isTransparent()); }

    /// The passes on one graph, loops and branches taken as they are.
    private static Passes rewriting(Strictness strictness, Passes products) {
        var simplify = new Simplify(RuleSet.GENERAL, strictness);
        return new Passes("the graph", List.of(
            simplify,
            new AndAgain(jacobians(strictness), simplify),
            new AndAgain(products, simplify),
            new ShapeOf(),
            new AndAgain(new Passes("slices", List.of(new LiftSlices(strictness))), simplify),
            new JoinWrites(),
            new TurnedProducts(strictness),
            new Rewriter(RuleSet.SPECIALIZE, strictness),
            new Rewriter(RuleSet.FINISH, strictness),
            new Unfold((roots, trace) -> whole(strictness).run(roots, trace))));
    }

    /// Products first, before anything is built.
    private static Passes jacobians(Strictness strictness) {
        var simplify = new Simplify(RuleSet.GENERAL, strictness);
        var passes = new ArrayList<Pass>(List.of(new OneHotLoops(simplify, strictness)));
        passes.addAll(sweeps(strictness));
        passes.add(new Inline());
        return new Passes("jacobians", passes);
    }

    /// What makes products with Jacobians sweeps, first of what is itself derived: in that nothing goes away that only derivatives see.
    public static List<Pass> sweeps(Strictness strictness) {
        var simplify = new Simplify(RuleSet.GENERAL, strictness);
        var derivable = new Simplify(RuleSet.GENERAL.without("gradient-wrapper"), strictness);
        var inside = new Passes("derivable", List.of(
            new InLambdas("bodies", derivable, op -> !op.isTransparent()),
            derivable,
            new JacobianProducts(simplify, strictness, true)));
        return List.of(new InLambdas("bodies of derivatives and calls", inside, Op::isTransparent),
            new JacobianProducts(simplify, strictness, false));
    }

    public Rewritten rewrite(List<? extends Expr> roots) {
        var trace = new Trace();
        var before = List.<Expr>copyOf(roots);
        var after = rewriting.run(before, trace);
        return new Rewritten(after, new Explanation(before, after, RuleSet.ALL.rules(), strictness, trace));
    }

    /// `rewritten` as the scheduler takes it.
    public List<Expr> lower(List<Expr> rewritten) { return lowering.run(rewritten, new Trace()); }

    /// The passes by their names, one a line.
    @Override public String toString() { return rewriting + "\n" + lowering; }
}
