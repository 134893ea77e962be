package io.offerflow.bench.load;

import java.util.List;
import java.util.Random;

/** Prose of a given length, as compressible as what people write. */
final class Texts {

    private static final List<String> WORDS = List.of("""
            the a of and to in for with on your from by is are that this it as can team teams customer customers \
            data report reports schedule roster shift clinic workshop order orders invoice price plan plans \
            account accounts user users role access secure private cloud service services region update updates \
            version feature features support contact manager engineer dashboard chart insight export import file \
            files document documents message alert alerts rule rules workflow approval request requests \
            catalogue product products partner partners market markets subscription billing monthly yearly trial \
            free simple fast reliable open standard custom connect connects connector integrates integration \
            deploy deployment install setup configure configured settings mobile desktop browser offline online \
            sync backup restore history audit compliance policy certificate identity single sign sign-on \
            directory group groups search filter sort share shared comment comments task tasks project projects \
            calendar time hours minutes day week month year forecast budget cost costs revenue growth quality \
            process production stock warehouse delivery supplier quote contract renewal lead leads campaign \
            visitor visit store shop checkout payment refund return label barcode sensor device machine \
            maintenance incident ticket priority response when where which while after before during between \
            across every each more most less least without within helps helped shows keeps makes gives finds \
            saves plans tracks measures explains answers reminds protects"""
            .split(" "));

    private final Random random;

    Texts(Random random) {
        this.random = random;
    }

    /** Sentences with at most so many characters, and not many fewer. */
    String prose(int length) {
        StringBuilder text = new StringBuilder(length);
        int left = 0;
        while (true) {
            String word = WORDS.get((int) (WORDS.size() * random.nextDouble() * random.nextDouble()));
            if (text.length() + word.length() + 3 > length) {
                return text.isEmpty() ? "x" : text.append('.').toString();
            }
            if (left == 0) {
                text.append(text.isEmpty() ? "" : ". ").append(Character.toUpperCase(word.charAt(0)))
                        .append(word.substring(1));
                left = 5 + random.nextInt(14);
            } else {
                text.append(' ').append(word);
                left--;
            }
        }
    }

    /** A length between two, nearer to the smaller one mostly. */
    int length(int least, int most) {
        return least + (int) ((most - least) * random.nextDouble() * random.nextDouble());
    }
}
