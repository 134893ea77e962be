package io.offerflow.domain;

import io.offerflow.domain.Command.AudienceRow;
import io.offerflow.domain.Command.ImportAudience;
import io.offerflow.domain.state.Audience;
import io.offerflow.domain.state.OfferState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Importing an audience, chunk by chunk, all or nothing: A2, D29, B34, V20–V23. */
final class AudienceImport {

    private static final int MOST_PROBLEMS = 20;

    private final Limits limits;

    AudienceImport(Limits limits) {
        this.limits = limits;
    }

    /** What is wrong with the rows of a chunk, by the lines of the whole file. */
    List<Problem> problems(OfferState offer, ImportAudience chunk) {
        List<Problem> problems = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        Optional<Audience.Staged> before = continued(offer, chunk);
        int number = before.map(Audience.Staged::rows).orElse(0);
        for (AudienceRow row : chunk.rows()) {
            number++;
            Optional<String> wrong = wrongId(row.id()).or(() -> wrongType(offer, row.type()))
                    .or(() -> wrongLabel(limits, row.label()))
                    .or(() -> ids.add(row.id()) && !staged(offer, chunk.planId(), before, row.id()) ? Optional.empty()
                            : Optional.of("each id once, but %s stands there twice".formatted(row.id())));
            if (wrong.isPresent() && problems.size() < MOST_PROBLEMS) {
                String[] halves = wrong.get().split(", but ", 2);
                problems.add(new Problem(SectionId.PLAN_OVERVIEW, row.line() > 0 ? "line " + row.line() : "row " + number,
                        halves[0], halves[1]));
            }
        }
        return problems;
    }

    private static boolean staged(OfferState offer, String planId, Optional<Audience.Staged> before, String id) {
        return before.filter(open -> offer.isMember(planId, open.generation(), id)).isPresent();
    }

    Decision invalid(List<Problem> problems) {
        Problem first = problems.getFirst();
        return new Decision.Rejected(Reason.CSV_INVALID, ("Expected every row to be valid, but %d %s not; in %s: expected "
                + "%s, but %s. Nothing is imported; mend the file and import it again.").formatted(problems.size(),
                problems.size() == 1 ? "is" : "are", first.path(), first.expected(), first.met()), problems);
    }

    /** B34: why a chunk does not follow on what came before, or the last one does not make it whole. */
    Optional<String> gap(OfferState offer, ImportAudience chunk) {
        Optional<Audience.Staged> open = offer.audience(chunk.planId()).staged();
        Optional<Audience.Staged> before = continued(offer, chunk);
        if (chunk.index() > 0 && before.isEmpty()) {
            return Optional.of(open.map(other -> "chunk %d of import %s, but this is chunk %d of import %s".formatted(
                    other.next(), other.importId(), chunk.index(), chunk.importId()))
                    .orElseGet(() -> "chunk 0 of an import, but this is chunk %d and none was begun"
                            .formatted(chunk.index())));
        }
        if (before.filter(known -> known.chunks() != chunk.chunks() || known.total() != chunk.total()).isPresent()) {
            return Optional.of("all chunks to speak of one import, but this one has other totals than those before");
        }
        return chunk.index() + 1 == chunk.chunks() ? incomplete(before, chunk) : Optional.empty();
    }

    private static Optional<String> incomplete(Optional<Audience.Staged> before, ImportAudience chunk) {
        int rows = before.map(Audience.Staged::rows).orElse(0) + chunk.rows().size();
        long digest = before.map(Audience.Staged::digest).orElse(0L);
        for (AudienceRow row : chunk.rows()) {
            digest ^= AudienceType.valueOf(row.type()).digest(row.id());
        }
        if (rows != chunk.total()) {
            return Optional.of("%,d rows in all, but %,d have come".formatted(chunk.total(), rows));
        }
        long sum = digest;
        return chunk.digest().filter(given -> given != sum)
                .map(given -> "rows with the digest %d, but it is %d".formatted(given, sum));
    }

    /** V21, B61: ids of each type, over all chunks so far. */
    Optional<String> full(OfferState offer, ImportAudience chunk) {
        Optional<Audience.Staged> before = continued(offer, chunk);
        for (AudienceType type : AudienceType.values()) {
            long ids = before.map(open -> open.count(type)).orElse(0)
                    + chunk.rows().stream().filter(row -> row.type().equals(type.name())).count();
            if (ids > limits.audience(type)) {
                return Optional.of("at most %,d ids of type %s, but the import has more".formatted(
                        limits.audience(type), type));
            }
        }
        return Optional.empty();
    }

    /** The chunk as it is put by: it goes on with the open import, or chunk 0 begins a generation. */
    Event.AudienceChunkStaged staged(OfferState offer, ImportAudience chunk) {
        long generation = continued(offer, chunk).map(Audience.Staged::generation)
                .orElseGet(() -> offer.audience(chunk.planId()).generations() + 1);
        return new Event.AudienceChunkStaged(chunk.planId(), generation, chunk.importId(), chunk.index(),
                chunk.chunks(), chunk.total(), chunk.rows());
    }

    /** The open import, if the chunk is the next one of it. */
    private static Optional<Audience.Staged> continued(OfferState offer, ImportAudience chunk) {
        return chunk.index() == 0 ? Optional.empty() : offer.audience(chunk.planId()).staged()
                .filter(open -> open.importId().equals(chunk.importId()) && open.next() == chunk.index());
    }

    static Optional<String> wrongId(String id) {
        return Arguments.GUID.matcher(id).matches() ? Optional.empty() // V20, B60
                : Optional.of("a GUID in lower case, but it is \"%s\"".formatted(Arguments.shortened(id)));
    }

    static Optional<String> wrongType(OfferState offer, String type) {
        Collection<AudienceType> allowed = EnumSet.copyOf(AudienceType.allowedFor(offer.facts().type()));
        return Names.find(AudienceType.values(), type).filter(allowed::contains).isPresent() ? Optional.empty()
                : Optional.of("an id of type %s for an offer of type %s, but it is \"%s\"".formatted(String.join(" or ",
                        allowed.stream().map(Enum::name).toList()), offer.facts().type(), Arguments.shortened(type)));
    }

    static Optional<String> wrongLabel(Limits limits, Optional<String> label) {
        return label.filter(text -> text.codePointCount(0, text.length()) > limits.audienceLabel())
                .map(text -> "a label of at most %,d characters, but it has %,d".formatted(limits.audienceLabel(),
                        text.codePointCount(0, text.length())));
    }
}
