package io.offerflow.query;

import io.offerflow.http.ApiResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The web page: one response, made of the files in {@code web/}, with a Content-Security-Policy that lets a browser run
 * only what is in it.
 */
public final class IndexPage {

    /** In this order: each script uses what those before it define. */
    private static final List<String> SCRIPTS = List.of("french.js", "text.js", "signin.js",
            "page.js", "commands.js", "forms.js", "inbox.js", "support.js", "start.js");

    private final ApiResponse response;

    /**
     * How people sign in on the page: as a public client with an authorization code and PKCE.
     *
     * @param authorize address of the identity provider that the browser goes to
     * @param token address at which the page gets its token
     * @param scope words, separated by blanks
     */
    public record SignIn(URI authorize, URI token, String clientId, String scope) {

        private String attributes() {
            return " data-authorize-url=\"%s\" data-token-url=\"%s\" data-client-id=\"%s\" data-scope=\"%s\"".formatted(
                    escaped(authorize.toString()), escaped(token.toString()), escaped(clientId), escaped(scope));
        }

        private String origin() {
            return token.getScheme() + "://" + token.getRawAuthority();
        }

        private static String escaped(String value) {
            return value.replace("&", "&amp;").replace("\"", "&quot;");
        }
    }

    private IndexPage(String html, Optional<SignIn> signIn) {
        this.response = ApiResponse.text("text/html; charset=utf-8", html)
                .withHeader("Content-Security-Policy",
                        policy(html, signIn.map(at -> "'self' " + at.origin()).orElse("'self'")))
                .withHeader("Referrer-Policy", "no-referrer");
    }

    /** The page of a server that only answers questions. */
    public static IndexPage readOnly() {
        return new IndexPage(html(), Optional.empty());
    }

    /**
     * The page of a server that takes commands under the same address.
     *
     * @param signIn empty if requests need no token
     */
    public static IndexPage withCommands(Optional<SignIn> signIn) {
        String attributes = " data-commands=\"true\"" + signIn.map(SignIn::attributes).orElse("");
        return new IndexPage(html().replace("<html", "<html" + attributes), signIn);
    }

    private static String html() {
        String script = SCRIPTS.stream().map(IndexPage::file).collect(Collectors.joining("\n"));
        return file("index.html").replace("<style></style>", "<style>" + file("page.css") + "</style>")
                .replace("<script></script>", "<script>" + script + "</script>");
    }

    private static String file(String name) {
        try (InputStream in = IndexPage.class.getResourceAsStream("/web/" + name)) {
            if (in == null) {
                throw new IllegalStateException("This build comes without web/%s.".formatted(name));
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read web/" + name, e);
        }
    }

    /** The response with the page. */
    public ApiResponse response() {
        return response;
    }

    /** Allows script and style by their digests, so that injected ones do not run. */
    private static String policy(String html, String connect) {
        return "default-src 'none'; script-src '%s'; style-src '%s'; connect-src %s; img-src data:; "
                .formatted(digest(html, "script"), digest(html, "style"), connect)
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
