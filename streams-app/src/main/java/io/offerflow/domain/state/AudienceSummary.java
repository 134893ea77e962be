package io.offerflow.domain.state;

/**
 * What the facts know of an offer's private audiences, so that offers without one never read for them.
 *
 * @param any whether any plan has, or is being given, an audience
 * @param changed whether a saved audience differs from the published one: an unpublished change (B11)
 * @param leftovers whether there are rows to be looked through for what nothing refers to any more
 */
public record AudienceSummary(boolean any, boolean changed, boolean leftovers) {

    static final AudienceSummary NONE = new AudienceSummary(false, false, false);
}
