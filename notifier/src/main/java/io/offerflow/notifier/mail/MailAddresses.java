package io.offerflow.notifier.mail;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.util.regex.Pattern;

/** Checks e-mail addresses: one without a name, so that no text in it can become a header or a second address. */
public final class MailAddresses {

    private static final int LONGEST = 254;
    private static final Pattern PLAIN = Pattern.compile("[!-~&&[^\\s\"(),:;<>\\[\\]\\\\@]]+@[A-Za-z0-9.-]+");

    private MailAddresses() {
    }

    /**
     * The address.
     *
     * @throws IllegalArgumentException if the text is not one plain address
     */
    public static InternetAddress parse(String text) {
        try {
            if (text.length() <= LONGEST && PLAIN.matcher(text).matches()) {
                return new InternetAddress(text, true);
            }
        } catch (AddressException e) {
            throw refused(text);
        }
        throw refused(text);
    }

    private static IllegalArgumentException refused(String text) {
        String shown = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
        return new IllegalArgumentException("\"%s\" is not an e-mail address; expected one like ann@contoso.example, "
                .formatted(shown.replaceAll("\\p{Cntrl}", " ")) + "without a name");
    }
}
