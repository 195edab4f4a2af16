package org.sluice.gateway.call;

import java.util.Map;
import org.sluice.gateway.chat.RawJson;

/**
 * The {@code prompt} of one request (contract 7.1), checked: which managed prompt is meant and how it is joined with the request.
 *
 * @param id the prompt's id or slug
 * @param version its number, {@link #LIVE} or {@link #LATEST}
 * @param variables by name; they win over the version's own
 * @param sent the variables as they were sent, for the log, or null
 * @param isEchoed whether the answer tells the rendered messages; null when the request does not say
 * @param isStrict whether a variable without a value is an error
 * @param isCustom the prompt is not kept here, it is only named for the log
 */
public record PromptReference(String id, int version, Map<String, PromptVariable> variables, RawJson sent, Boolean isEchoed, boolean isStrict,
        boolean isCustom, Merge merge) {
    /** The version that is deployed for the caller's environment. */
    public static final int LIVE = 0;
    /** The newest one, committed or not. */
    public static final int LATEST = -1;

    public PromptReference {
        variables = Map.copyOf(variables);
    }

    /**
     * Who wins where prompt and request disagree (contract 7.3).
     *
     * @param schema 1 or 2
     * @param isPromptFirst {@code override}: the prompt wins in schema 1
     * @param changes parameters that win over both: {@code override_params} in schema 1, {@code patch} in schema 2; never empty text
     * @param areMessagesAppended whether messages among the changes follow the prompt's instead of replacing them
     */
    public record Merge(int schema, boolean isPromptFirst, Map<String, RawJson> changes, boolean areMessagesAppended) {
        public static final Merge DEFAULT = new Merge(1, false, Map.of(), false);
    }
}
