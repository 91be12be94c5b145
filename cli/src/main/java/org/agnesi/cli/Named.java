package org.agnesi.cli;

/// `name=value`: how the command line gives a variable its value.
record Named(Word name, Word value) {
    static Named parse(String argument) {
        var word = Word.of(argument);
        int sign = word.text().indexOf('=');
        if (sign > 0) return new Named(word.upTo(sign), word.from(sign + 1));
        throw word.mistake("NAME=VALUE is needed, but got " + word.text(), "Write for example x=2 or x=[[0,1],[-1,-2]].");
    }
}
