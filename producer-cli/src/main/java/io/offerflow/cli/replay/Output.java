package io.offerflow.cli.replay;

/** How results are written. */
enum Output { HUMAN, JSON }
