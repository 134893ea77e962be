package io.offerflow.query;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;

/** The page for people: one file, and a policy that lets a browser run what is in that file and nothing else. */
final class IndexPage {

    private static final String RESOURCE = "/web/index.html";

    private final ApiResponse response;

    private IndexPage(String html) {
        this.response = new ApiResponse(200, "text/html; charset=utf-8", html.getBytes(StandardCharsets.UTF_8), Map.of())
                .withHeader("Content-Security-Policy", policy(html))
                .withHeader("Referrer-Policy", "no-referrer");
    }

    /** The page of this build, ready to be sent. */
    static IndexPage load() {
        try (InputStream in = IndexPage.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("This build comes without " + RESOURCE + ".");
            }
            return new IndexPage(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + RESOURCE, e);
        }
    }

    ApiResponse response() {
        return response;
    }

    /** Script and style are allowed by their digests: whatever else got into the page would not run. */
    private static String policy(String html) {
        return "default-src 'none'; script-src '%s'; style-src '%s'; connect-src 'self'; img-src data:; "
                .formatted(digest(html, "script"), digest(html, "style"))
                + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
                + "require-trusted-types-for 'script'; trusted-types 'none'";
    }

    private static String digest(String html, String element) {
        String open = "<" + element + ">";
        int from = html.indexOf(open) + open.length();
        String content = html.substring(from, html.indexOf("</" + element + ">", from));
        try {
            return "sha256-" + Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256")
                    .digest(content.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
