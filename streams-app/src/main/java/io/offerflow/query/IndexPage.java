package io.offerflow.query;

import io.offerflow.http.ApiResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** The web page: one file, with a Content-Security-Policy that lets a browser run only what is in that file. */
public final class IndexPage {

    private static final String RESOURCE = "/web/index.html";

    private final ApiResponse response;

    private IndexPage(String html) {
        this.response = ApiResponse.text("text/html; charset=utf-8", html)
                .withHeader("Content-Security-Policy", policy(html))
                .withHeader("Referrer-Policy", "no-referrer");
    }

    /** Loads the page of this build. */
    public static IndexPage load() {
        try (InputStream in = IndexPage.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("This build comes without " + RESOURCE + ".");
            }
            return new IndexPage(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + RESOURCE, e);
        }
    }

    /** The response with the page. */
    public ApiResponse response() {
        return response;
    }

    /** Allows script and style by their digests, so that injected ones do not run. */
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
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
