package io.offerflow.cli.replay;

/** The form of the output. */
enum ReportFormat { HUMAN, JSON }
