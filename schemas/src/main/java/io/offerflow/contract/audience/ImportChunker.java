package io.offerflow.contract.audience;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Splits an import into commands that the service accepts: at most 500 rows and 256 KiB each. */
public final class ImportChunker {

    /** The most rows of a command (V19). */
    public static final int MAX_ROWS = 500;

    /** Out of 256 KiB; the rest is for the envelope. */
    private static final int MOST_BYTES = 250 * 1024;
    /** Id, type and line with their lengths, and the length of the label. */
    private static final int ROW_BYTES = 64;

    private ImportChunker() {
    }

    static List<List<AudienceFileRow>> split(List<AudienceFileRow> members) {
        List<List<AudienceFileRow>> chunks = new ArrayList<>();
        List<AudienceFileRow> chunk = new ArrayList<>();
        int bytes = 0;
        for (AudienceFileRow member : members) {
            int size = ROW_BYTES + member.label().map(text -> text.getBytes(StandardCharsets.UTF_8).length).orElse(0);
            if (chunk.size() == MAX_ROWS || bytes + size > MOST_BYTES) {
                chunks.add(chunk);
                chunk = new ArrayList<>();
                bytes = 0;
            }
            chunk.add(member);
            bytes += size;
        }
        chunks.add(chunk);
        return chunks;
    }

    /** The payloads of the commands, in order. */
    public static List<ObjectNode> payloads(String planId, UUID importId, List<AudienceFileRow> members,
            boolean confirmed) {
        List<List<AudienceFileRow>> chunks = split(members);
        long digest = digest(members);
        List<ObjectNode> payloads = new ArrayList<>();
        for (List<AudienceFileRow> chunk : chunks) {
            ObjectNode payload = JsonNodeFactory.instance.objectNode().put("planId", planId)
                    .put("importId", importId.toString()).put("index", payloads.size()).put("chunks", chunks.size())
                    .put("total", members.size()).put("digest", digest).put("confirmed", confirmed);
            ArrayNode rows = payload.putArray("rows");
            chunk.forEach(member -> rows.addObject().put("id", member.id()).put("type", member.kind().name())
                    .put("label", member.label().orElse(null)).put("line", member.line()));
            payloads.add(payload);
        }
        return payloads;
    }

    /** The digest that ImportAudience defines, by which the service verifies that it has all rows. */
    static long digest(List<AudienceFileRow> members) {
        MessageDigest sha256 = sha256();
        long digest = 0;
        for (AudienceFileRow member : members) {
            digest ^= ByteBuffer.wrap(sha256.digest((member.kind().name() + ":" + member.id())
                    .getBytes(StandardCharsets.UTF_8))).getLong();
        }
        return digest;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
