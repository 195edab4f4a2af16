package org.sluice.gateway.prompt;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.template.Template;
import org.sluice.gateway.template.TemplateException;

/**
 * One rendering of one version: the variables' values and what came of them so far. A picture is a mark in the text while the
 * template runs, taken out afterwards; the mark has a number that no value can know. For one thread, once.
 */
final class Rendering {
    /** All texts of a prompt together, in characters. */
    static final int MAX_OUTPUT = 1 << 20;
    /** All addresses of pictures together, in characters; a loop may show one many times. */
    static final int MAX_PICTURES = 32 << 20;
    private static final char OPENING = '\uFDD0';
    private static final char CLOSING = '\uFDD1';
    private final String what;
    private final boolean isStrict;
    private final RenderClock clock;
    private final Map<String, Object> values = new HashMap<>();
    private final List<String> pictures = new ArrayList<>(0);
    private final Set<String> missing = new LinkedHashSet<>();
    private String mark;
    private int length;
    private long pictured;

    /** A piece of a text: words, or the address of a picture. */
    record Shown(String text, String url) { }

    /**
     * @param what names the version in errors
     * @param clock of everything that the call renders
     */
    Rendering(String what, boolean isStrict, RenderClock clock) {
        this.what = what;
        this.clock = clock;
        this.isStrict = isStrict;
    }

    void set(String name, Object value) {
        values.put(name, value);
    }

    void setPicture(String name, String url) {
        if (mark == null) {
            mark = OPENING + Long.toUnsignedString(ThreadLocalRandom.current().nextLong()) + '.';
        }
        values.put(name, mark + pictures.size() + CLOSING);
        pictures.add(url);
    }

    /** The text in pieces; at least one. */
    List<Shown> render(Template template, String path) {
        String text = text(template, path);
        if (mark == null || text.indexOf(mark) < 0) {
            return List.of(new Shown(text, null));
        }
        List<Shown> pieces = new ArrayList<>();
        int from = 0;
        for (int at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, from)) {
            int closing = text.indexOf(CLOSING, at);
            int number = closing < 0 ? -1 : number(text.substring(at + mark.length(), closing));
            if (number < 0) {
                break;
            }
            if (at > from) {
                pieces.add(new Shown(text.substring(from, at), null));
            }
            pieces.add(new Shown(null, shown(number)));
            from = closing + 1;
        }
        if (from < text.length()) {
            pieces.add(new Shown(text.substring(from), null));
        }
        return pieces;
    }

    private String shown(int number) {
        String url = pictures.get(number);
        pictured += url.length();
        if (pictured > MAX_PICTURES) {
            throw failed("its pictures are larger than " + MAX_PICTURES + " characters together");
        }
        return url;
    }

    /** The text with the pictures' addresses in it. */
    String plain(Template template, String path) {
        StringBuilder plain = new StringBuilder();
        render(template, path).forEach(shown -> plain.append(shown.text() != null ? shown.text() : shown.url()));
        return plain.toString();
    }

    private int number(String digits) {
        boolean isNumber = !digits.isEmpty() && digits.length() < 6 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        int number = isNumber ? Integer.parseInt(digits) : -1;
        return number < pictures.size() ? number : -1;
    }

    private String text(Template template, String path) {
        try {
            String text = template.render(values, isStrict ? Template.Missing.REFUSED : Template.Missing.EMPTY, clock.begin());
            length += text.length();
            if (length > MAX_OUTPUT) {
                throw failed("the messages are longer than " + MAX_OUTPUT + " characters together");
            }
            return text;
        } catch (TemplateException e) {
            if (isStrict && e.kind() == TemplateException.Kind.UNDEFINED && !e.names().isEmpty()) {
                missing.addAll(e.names());
                return "";
            }
            throw failed("'" + path + "': " + e.getMessage());
        }
    }

    private GatewayException failed(String why) {
        return GatewayException.of(ErrorType.PROMPT_RENDER_FAILED, "prompt", what + " cannot be rendered: " + why + ".");
    }

    /** @throws GatewayException PROMPT_RENDER_FAILED that names every variable without a value, where that was asked for */
    void end() {
        if (!missing.isEmpty()) {
            throw GatewayException.of(ErrorType.PROMPT_RENDER_FAILED, "prompt.variables",
                    what + " needs variables that were not given: " + String.join(", ", missing) + ".");
        }
    }
}
