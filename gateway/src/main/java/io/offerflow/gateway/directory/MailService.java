package io.offerflow.gateway.directory;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.offerflow.contract.Topic.Role;
import io.offerflow.http.ApiRequest;
import io.offerflow.http.ApiResponse;
import io.offerflow.http.HttpError;
import io.offerflow.http.Json;
import io.offerflow.notifier.mail.KeptMails;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The mails that a notifier without a mail server keeps as files. */
public final class MailService {

    private static final int MOST = 100;

    private final Optional<Path> folder;

    /** @param folder the directory {@code mail.folder} of the notifier, if the gateway can read it */
    public MailService(Optional<Path> folder) {
        this.folder = folder;
    }

    /** Whether it can show mails. */
    public boolean isEnabled() {
        return folder.isPresent();
    }

    /** The newest mails, of all publishers: for the role support. */
    public ApiResponse newest(ApiRequest request) {
        request.allowParameters();
        if (!request.caller().hasAny(List.of(Role.SUPPORT))) {
            throw HttpError.forbidden("Mails are for the role support.");
        }
        Path from = folder.orElseThrow(() -> HttpError.notFound("NO_MAIL_FOLDER",
                "This gateway shows no mails: its setting mail.folder does not name where a notifier keeps them."));
        ObjectNode node = Json.object();
        ArrayNode mails = node.putArray("mails");
        try {
            KeptMails.newest(from, MOST).forEach(mail -> mails.addObject().put("file", mail.file())
                    .put("sentAt", mail.sentAt().toString()).put("to", mail.to()).put("subject", mail.subject())
                    .put("text", mail.text()));
        } catch (IOException e) {
            throw HttpError.unavailable("MAIL_FOLDER", 10, "The directory mail.folder cannot be read.");
        }
        return ApiResponse.json(node);
    }
}
