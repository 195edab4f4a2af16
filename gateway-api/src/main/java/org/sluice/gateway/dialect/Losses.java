package org.sluice.gateway.dialect;

import java.util.ArrayList;
import java.util.List;
import org.sluice.gateway.error.GatewayException;

/**
 * What a request said that the target's dialect has no word for. The caller finds it in the {@code warnings} of the log
 * row; one who sent {@code X-Respan-Strict: true} is refused instead. Belongs to one call, not thread-safe.
 */
public final class Losses {
    private static final int MAX = 32;
    private final boolean isStrict;
    private final List<String> warnings = new ArrayList<>(0);
    private int settled;

    public Losses(boolean isStrict) {
        this.isStrict = isStrict;
    }

    /**
     * A parameter is left out.
     *
     * @param param its path as the caller wrote it, e.g. {@code logit_bias}
     * @param reason a clause that goes on after "parameter X was left out: "
     * @throws GatewayException INVALID_VALUE when the caller is strict
     */
    public void drop(String param, String reason) {
        if (isStrict) {
            throw GatewayException.invalid(param, "Parameter '" + param + "' cannot be honoured: " + reason);
        }
        add("Parameter '" + param + "' was left out: " + reason);
    }

    /** A parameter is honoured in another way than asked; no reason to refuse, worth telling. */
    public void change(String param, String what) {
        if (isStrict) {
            throw GatewayException.invalid(param, "Parameter '" + param + "' cannot be honoured as it is: " + what);
        }
        add("Parameter '" + param + "' was changed: " + what);
    }

    private void add(String warning) {
        if (warnings.size() < MAX && !warnings.contains(warning)) {
            warnings.add(warning);
        }
    }

    public List<String> warnings() {
        return List.copyOf(warnings);
    }

    /** What was told so far is about the request itself and stays, whoever is tried. */
    public void settle() {
        settled = warnings.size();
    }

    /** What another attempt of the same call could not tell, in place of what the last one could not. */
    public void take(Losses others) {
        reset();
        others.warnings.forEach(this::add);
    }

    /** A second try writes the same request again. */
    public void reset() {
        warnings.subList(settled, warnings.size()).clear();
    }
}
