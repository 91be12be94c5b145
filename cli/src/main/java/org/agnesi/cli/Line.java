package org.agnesi.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.agnesi.error.FormulaError;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.MutuallyExclusiveArgsException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// What was typed behind the program's name, word by word: a mistake among the options is shown at its place.
record Line(List<String> words) {
    static Line of(String... words) { return new Line(List.of(words)); }

    /// What is wrong with the options, its place marked.
    String mistake(ParameterException e) {
        return switch (e) {
            case UnmatchedArgumentException extra     -> unmatched(extra, extra.getUnmatched().getFirst());
            case MissingParameterException missing    -> at(words.size(), needed(missing.getMissing()));
            case MutuallyExclusiveArgsException twice -> exclusive(twice);
            default                                   -> value(e, Objects.requireNonNullElse(e.getMessage(), e.toString()));
        };
    }

    /// A message of ours has its place already.
    private String value(ParameterException e, String message) {
        return message.contains("\n") || e.getValue() == null ? message : at(words.indexOf(e.getValue()), message);
    }

    private String unmatched(ParameterException e, String word) {
        boolean isMain = e.getCommandLine().getParent() == null;
        return at(words.indexOf(word), (isMain ? "a command is needed" : "nothing more is needed") + ", but got " + word);
    }

    /// Options by name and what they take, parameters by what they are.
    private static String needed(List<ArgSpec> missing) {
        return missing.stream().map(arg -> (arg instanceof OptionSpec option ? option.longestName() + " " : "") + arg.paramLabel())
            .collect(Collectors.joining(" and ")) + (missing.size() == 1 ? " is needed" : " are needed");
    }

    /// The last of the options that exclude each other is one too many.
    private String exclusive(MutuallyExclusiveArgsException e) {
        var names = e.getCommandLine().getCommandSpec().argGroups().stream().flatMap(group -> group.allOptionsNested().stream())
            .flatMap(option -> Arrays.stream(option.names())).toList();
        var given = words.stream().filter(word -> names.contains(word.replaceFirst("=.*", ""))).toList();
        return at(words.lastIndexOf(given.getLast()),
            "one of %s is needed, but got %s".formatted(String.join(", ", names), String.join(" and ", given)));
    }

    /// The line with a sign below one of its words, or behind the last.
    private String at(int word, String wanted) {
        var typed = words.stream().map(Line::quoted).toList();
        var line = String.join(" ", typed);
        if (word == typed.size()) return new FormulaError(wanted, line, line.length(), line.length(), "").problem();
        int start = typed.subList(0, word).stream().mapToInt(one -> one.length() + 1).sum();
        return new FormulaError(wanted, line, start, start + typed.get(word).length(), "").problem();
    }

    /// As a shell takes it.
    private static String quoted(String word) { return word.matches("[\\w.,:=/@+-]+") ? word : "'" + word + "'"; }
}
