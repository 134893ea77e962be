package io.offerflow.domain.model;

/**
 * One thing that keeps a section Incomplete (S7).
 *
 * @param path field inside the section; empty for the section as a whole
 * @param expected what is expected there
 * @param met what was found instead, shortened
 */
public record Problem(SectionId section, String path, String expected, String met) {
}
