package org.agnesi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// What the README says that commands print; `-Dagnesi.write` writes it.
class ReadmeTest {
    private static final Path FILE = Path.of("../README.md");

    private static final Pattern CONSOLE = Pattern.compile("```console\n\\$ ./agnesi (.*)\n([^`]*)```");

    private static final Pattern ARGUMENT = Pattern.compile("'([^']*)'|(\\S+)");

    @Test void commandsPrintWhatItSays() throws IOException {
        var readme = Files.readString(FILE);
        var truth = CONSOLE.matcher(readme).replaceAll(command -> Matcher.quoteReplacement(run(command)));
        if (System.getProperty("agnesi.write") != null) Files.writeString(FILE, truth);
        assertThat(readme).isEqualTo(truth).containsPattern(CONSOLE);
    }

    private static String run(MatchResult command) {
        var arguments = new ArrayList<String>();
        ARGUMENT.matcher(command.group(1)).results().forEach(word -> arguments.add(word.group(1) != null ? word.group(1) : word.group(2)));
        return "```console\n$ ./agnesi " + command.group(1) + "\n" + Shell.prints(arguments.toArray(String[]::new)) + "```";
    }
}
