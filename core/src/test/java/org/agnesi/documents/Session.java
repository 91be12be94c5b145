package org.agnesi.documents;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A document's Java, run: blocks below one heading of the second level go on from each other, but for a block with an answer
/// below it, which must fail with that message, unless it shows a value there.
final class Session {
    /// Ends each block in the text of several; stands at the end of a line that is else blank.
    private static final String END = "//\u0004\n";

    private final Document document;
    private final Snippets snippets;
    private final List<Run> runs = new ArrayList<>();

    /// @param blocks their numbers in the document
    private record Run(int snippet, boolean fails, List<Integer> blocks) {}

    /// What a block of code must throw.
    record Thrown(String section, Throwable thrown) {}

    private final List<Thrown> thrown = new ArrayList<>();

    Session(Document document, Path folder) {
        this.document = document;
        this.snippets = new Snippets(folder);
        plan();
    }

    private void plan() {
        var open = new ArrayList<Integer>();
        for (int i = 0; i < document.blocks().size(); i++) {
            var block = document.block(i);
            if (!block.isJava() || block.text().startsWith("import")) continue;
            boolean fails = document.isAnswer(i + 1) && !Snippets.showsBelow(block.text());
            if (fails || !open.isEmpty() && !block.part().equals(document.block(open.getFirst()).part())) close(open);
            if (fails) runs.add(new Run(snippets.add(block.text()), true, List.of(i)));
            else open.add(i);
        }
        close(open);
    }

    private void close(List<Integer> open) {
        if (open.isEmpty()) return;
        var text = new StringBuilder();
        for (int i : open) text.append(document.block(i).text()).append(END);
        runs.add(new Run(snippets.add(text.toString()), false, List.copyOf(open)));
        open.clear();
    }

    String compile() throws IOException { return snippets.compile(); }

    /// What was thrown, by blocks that must throw.
    List<Thrown> thrown() { return thrown; }

    /// The texts of all blocks as they should be.
    List<String> truth() throws Throwable {
        var texts = new ArrayList<>(document.blocks().stream().map(Document.Block::text).toList());
        for (var run : runs) {
            if (run.fails) texts.set(run.blocks.getFirst() + 1, message(run));
            else fill(texts, run);
        }
        return texts;
    }

    private String message(Run run) {
        try {
            snippets.run(run.snippet);
            return "nothing is thrown\n";
        } catch (Throwable e) {
            thrown.add(new Thrown(document.block(run.blocks.getFirst()).section(), e));
            return e.getMessage() + "\n";
        }
    }

    private void fill(List<String> texts, Run run) throws Throwable {
        var result = snippets.run(run.snippet);
        var parts = result.text().split(END);
        var below = result.below().iterator();
        for (int k = 0; k < parts.length; k++) {
            int i = run.blocks.get(k);
            texts.set(i, parts[k]);
            if (document.isAnswer(i + 1)) texts.set(i + 1, below.next());
        }
    }
}
