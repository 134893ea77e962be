package io.offerflow.cli.replay;

/** How results are written. */
enum ReportFormat { HUMAN, JSON }
