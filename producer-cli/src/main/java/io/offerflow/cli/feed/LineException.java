package io.offerflow.cli.feed;

/** One line cannot be sent; the message says why. */
final class LineException extends RuntimeException {

    LineException(String sentence) {
        super(sentence);
    }
}
