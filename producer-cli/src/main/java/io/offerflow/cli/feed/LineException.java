package io.offerflow.cli.feed;

/** One line cannot be sent, with the sentence that says why. */
final class LineException extends RuntimeException {

    LineException(String sentence) {
        super(sentence);
    }
}
