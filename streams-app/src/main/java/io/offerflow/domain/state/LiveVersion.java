package io.offerflow.domain.state;

import java.time.Instant;

/** The version that went live last: its submission, its draft version, and since when it is live. */
public record LiveVersion(long submission, long revision, Instant since) {
}
