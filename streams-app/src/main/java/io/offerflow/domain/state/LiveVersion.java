package io.offerflow.domain.state;

import java.time.Instant;

/** The version that went live last: its submission, the draft version it was made of, and since when it is live. */
public record LiveVersion(long submission, long revision, Instant since) {
}
