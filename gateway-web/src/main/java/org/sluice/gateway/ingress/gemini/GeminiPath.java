package org.sluice.gateway.ingress.gemini;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;

/**
 * What a path of Google's API says.
 *
 * @param model the model, with its provider's prefix if it has one; "" for all of them
 * @param method {@code generateContent} and the like, "" when there is none
 */
record GeminiPath(String model, String method) {
    private static final String ROOT = "/api/google/";
    private static final Pattern VERSION = Pattern.compile("v\\d+(alpha|beta)?\\d*");
    private static final Pattern MODEL = Pattern.compile("[A-Za-z0-9@][A-Za-z0-9._:@/+-]{0,199}");

    /** @throws GatewayException NOT_FOUND when the path is none of ours, INVALID_VALUE when the model is no name */
    static GeminiPath of(String path) {
        List<String> steps = steps(path);
        String prefix = "";
        if (!steps.isEmpty() && VERSION.matcher(steps.get(0)).matches()) {
            steps.remove(0);
        }
        if (steps.size() > 4 && steps.get(0).equals("projects") && steps.get(2).equals("locations")) {
            steps.subList(0, 4).clear();
        }
        if (steps.size() > 2 && steps.get(0).equals("publishers")) {
            prefix = steps.get(1).equals("google") ? "" : steps.get(1) + "/";
            steps.subList(0, 2).clear();
        }
        if (isModelAlone(steps)) {
            steps.add(0, "models");
        }
        if (steps.isEmpty() || !steps.get(0).equals("models")) {
            throw new GatewayException(ErrorType.NOT_FOUND, "Not found. Ask below " + ROOT + "gemini/v1beta/models/.");
        }
        String rest = String.join("/", steps.subList(1, steps.size()));
        int colon = rest.lastIndexOf(':');
        String model = colon < 0 ? rest : rest.substring(0, colon);
        if (!model.isEmpty() && (!MODEL.matcher(model).matches() || model.contains("..") || model.contains("//"))) {
            throw GatewayException.invalid("model", "The path does not name a model.");
        }
        return new GeminiPath(model.isEmpty() ? "" : prefix + model, colon < 0 ? "" : rest.substring(colon + 1));
    }

    /** Vercel's client leaves {@code models/} out where the model's name has a slash. */
    private static boolean isModelAlone(List<String> steps) {
        return steps.size() > 1 && !steps.get(0).equals("models") && steps.get(steps.size() - 1).contains(":");
    }

    private static List<String> steps(String path) {
        int from = path.indexOf(ROOT);
        if (from < 0) {
            return new ArrayList<>();
        }
        List<String> steps = new ArrayList<>(Arrays.asList(decoded(path.substring(from + ROOT.length())).split("/", -1)));
        steps.remove(0);
        if (!steps.isEmpty() && steps.get(steps.size() - 1).isEmpty()) {
            steps.remove(steps.size() - 1);
        }
        return steps;
    }

    private static String decoded(String path) {
        try {
            return path.indexOf('%') < 0 ? path : URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new GatewayException(ErrorType.NOT_FOUND, "Not found. The path is not well-formed.");
        }
    }
}
