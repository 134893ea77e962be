package io.offerflow.domain.rules;

import io.offerflow.domain.model.AudienceType;
import io.offerflow.domain.model.Command.AudienceRow;
import io.offerflow.domain.model.Command.ImportAudience;
import io.offerflow.domain.model.Decision;
import io.offerflow.domain.model.EnumNames;
import io.offerflow.domain.model.Event;
import io.offerflow.domain.model.Limits;
import io.offerflow.domain.model.Problem;
import io.offerflow.domain.model.Reason;
import io.offerflow.domain.model.RootLocaleText;
import io.offerflow.domain.model.Rule;
import io.offerflow.domain.model.SectionId;
import io.offerflow.domain.state.OfferState;
import io.offerflow.domain.state.row.PendingImport;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Decides about imports of an audience, chunk by chunk, all or nothing: A2, D29, B34, V20–V23. Its evolving half is
 * {@code AudienceEvolver}.
 */
final class AudienceImportRules {

    private static final int MAX_PROBLEMS = 20;

    private final Limits limits;

    AudienceImportRules(Limits limits) {
        this.limits = limits;
    }

    /** The refusal of a chunk with rows that are not valid. */
    Optional<Decision> invalid(OfferState offer, ImportAudience chunk) {
        List<Problem> problems = problems(offer, chunk);
        return problems.isEmpty() ? Optional.empty() : Optional.of(invalid(problems));
    }

    /** The problems of the rows of a chunk, by the line numbers of the whole file. */
    private List<Problem> problems(OfferState offer, ImportAudience chunk) {
        List<Problem> problems = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        Optional<PendingImport> before = openImport(offer, chunk);
        int number = before.map(PendingImport::rows).orElse(0);
        for (AudienceRow row : chunk.rows()) {
            number++;
            Optional<String> wrong = formatError(limits, offer, row.id(), row.type(), row.label()).map(FormatError::met)
                    .or(() -> ids.add(row.id()) && !staged(offer, chunk.planId(), before, row.id()) ? Optional.empty()
                            : Optional.of(RootLocaleText.format("each id once, but %s is there twice", row.id())));
            if (wrong.isPresent() && problems.size() < MAX_PROBLEMS) {
                String[] halves = wrong.get().split(", but ", 2);
                problems.add(new Problem(SectionId.PLAN_OVERVIEW,
                        row.line() > 0 ? "line " + row.line() : "row " + number,
                        halves[0], halves[1]));
            }
        }
        return problems;
    }

    private static boolean staged(OfferState offer, String planId, Optional<PendingImport> before, String id) {
        return before.filter(open -> offer.isMember(planId, open.generation(), id)).isPresent();
    }

    private static Decision invalid(List<Problem> problems) {
        Problem first = problems.getFirst();
        return new Decision.Rejected(Rule.A2, Reason.CSV_INVALID,
                RootLocaleText.format("Expected every row to be valid, but %d %s not; in %s: expected %s, but %s. "
                        + "Nothing is imported; correct the file and import it again.",
                problems.size(), problems.size() == 1 ? "is" : "are", first.path(), first.expected(), first.met()),
                problems);
    }

    /** The refusal of a chunk that is not the next one, or of a last chunk that does not complete the import. */
    Optional<Decision> incomplete(OfferState offer, ImportAudience chunk) {
        return gap(offer, chunk).map(gap -> Decision.reject(Rule.B34, Reason.IMPORT_INCOMPLETE, "Expected %s. What was "
                + "sent of the import is dropped: send it again from chunk 0 under another importId.", gap));
    }

    private static Optional<String> gap(OfferState offer, ImportAudience chunk) {
        Optional<PendingImport> open = offer.audience(chunk.planId()).staged();
        Optional<PendingImport> before = openImport(offer, chunk);
        if (chunk.index() > 0 && before.isEmpty()) {
            return Optional.of(open.map(other -> RootLocaleText.format(
                    "chunk %d of import %s, but this is chunk %d of import %s", other.next(), other.importId(),
                    chunk.index(), chunk.importId()))
                    .orElseGet(() ->
                            RootLocaleText.format("chunk 0 of an import, but this is chunk %d and none was begun",
                            chunk.index())));
        }
        if (before.filter(known -> known.chunks() != chunk.chunks() || known.total() != chunk.total()).isPresent()) {
            return Optional.of("all chunks to belong to one import, but this one has other totals than those before");
        }
        return chunk.index() + 1 == chunk.chunks() ? missing(before, chunk) : Optional.empty();
    }

    private static Optional<String> missing(Optional<PendingImport> before, ImportAudience chunk) {
        PendingImport all = with(before, chunk);
        if (all.rows() != chunk.total()) {
            return Optional.of(RootLocaleText.format("%,d rows in all, but %,d have come", chunk.total(), all.rows()));
        }
        long sum = all.digest();
        return chunk.digest().filter(given -> given != sum)
                .map(given -> RootLocaleText.format("rows with the digest %d, but it is %d", given, sum));
    }

    /** The refusal of a chunk with which the import has too many ids of a type, over all chunks so far (B61). */
    Optional<Decision> limitReached(OfferState offer, ImportAudience chunk) {
        PendingImport all = with(openImport(offer, chunk), chunk);
        for (AudienceType type : AudienceType.values()) {
            if (all.count(type) > limits.audience(type)) {
                return Optional.of(Decision.reject(Rule.V21, Reason.AUDIENCE_LIMIT,
                        "Expected at most %,d ids of type %s, but the import has more.", limits.audience(type), type));
            }
        }
        return Optional.empty();
    }

    /** The import up to now and with this chunk. */
    private static PendingImport with(Optional<PendingImport> before, ImportAudience chunk) {
        PendingImport all = before.orElseGet(() ->
                new PendingImport(chunk.importId(), 0, chunk.chunks(), chunk.total(), 0, 0, 0, 0));
        for (AudienceRow row : chunk.rows()) {
            all = all.with(AudienceType.valueOf(row.type()), row.id());
        }
        return all;
    }

    /** Whether the chunk completes an import of the ids that the saved audience has (B72). */
    boolean changesNothing(OfferState offer, ImportAudience chunk) {
        return chunk.index() + 1 == chunk.chunks() && offer.savedAudience(chunk.planId())
                .filter(with(openImport(offer, chunk), chunk).toRevision(0)::sameMembers).isPresent();
    }

    /** The refusal of an import without rows. */
    Optional<Decision> empty(ImportAudience chunk) {
        return chunk.total() > 0 ? Optional.empty() : Optional.of(Decision.reject(Rule.V19, Reason.AUDIENCE_EMPTY,
                "Expected at least one row to import into the audience of plan \"%s\", but there is none.",
                chunk.planId()));
    }

    /** The chunk as it is staged: it continues the pending import, or chunk 0 begins a generation. */
    Event.AudienceChunkStaged staged(OfferState offer, ImportAudience chunk) {
        long generation = openImport(offer, chunk).map(PendingImport::generation)
                .orElseGet(() -> offer.audience(chunk.planId()).generations() + 1);
        return new Event.AudienceChunkStaged(chunk.planId(), generation, chunk.importId(), chunk.index(),
                chunk.chunks(), chunk.total(), chunk.rows());
    }

    /** The pending import, if this is its next chunk. */
    private static Optional<PendingImport> openImport(OfferState offer, ImportAudience chunk) {
        return chunk.index() == 0 ? Optional.empty() : offer.audience(chunk.planId()).staged()
                .filter(open -> open.importId().equals(chunk.importId()) && open.next() == chunk.index());
    }

    /** The format error of a member: what was expected and what was found. */
    static Optional<FormatError> formatError(Limits limits, OfferState offer, String id, String type,
            Optional<String> label) {
        return wrongId(id).map(wrong -> new FormatError(Rule.V20, wrong))
                .or(() -> wrongType(offer, type).map(wrong -> new FormatError(Rule.V23, wrong)))
                .or(() -> wrongLabel(limits, label).map(wrong -> new FormatError(Rule.V20, wrong)));
    }

    private static Optional<String> wrongId(String id) {
        return GuidFormat.matchesLowerCase(id) ? Optional.empty() // B60
                : Optional.of(RootLocaleText.format("a GUID in lower case, but it is \"%s\"",
                        CommandValidator.shortened(id)));
    }

    private static Optional<String> wrongType(OfferState offer, String type) {
        Set<AudienceType> allowed = offer.header().type().profile().audienceTypes();
        return EnumNames.find(AudienceType.values(), type).filter(allowed::contains).isPresent() ? Optional.empty()
                : Optional.of(RootLocaleText.format("an id of type %s for an offer of type %s, but it is \"%s\"",
                        String.join(" or ", allowed.stream().map(Enum::name).toList()), offer.header().type(),
                        CommandValidator.shortened(type)));
    }

    private static Optional<String> wrongLabel(Limits limits, Optional<String> label) {
        return label.filter(text -> text.codePointCount(0, text.length()) > limits.audienceLabel())
                .map(text -> RootLocaleText.format("a label of at most %,d characters, but it has %,d",
                        limits.audienceLabel(),
                        text.codePointCount(0, text.length())));
    }
}
