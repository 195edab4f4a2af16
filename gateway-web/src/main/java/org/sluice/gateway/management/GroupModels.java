package org.sluice.gateway.management;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.sluice.gateway.call.Routing.WeightedModel;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.integration.CredentialFields;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonArray;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.organization.LoadBalanceGroup;
import org.sluice.gateway.route.ModelNames;

/** Reads the models of a group as a request brings them. */
final class GroupModels {
    private static final int MOST = 64;
    private static final int NAME = 200;

    private GroupModels() { }

    /** @param now the group as it is stored, whose credentials stay for models that name none; or null */
    static List<WeightedModel> read(String organization, JsonValue given, LoadBalanceGroup now, ModelNames names) {
        if (!(given instanceof JsonArray array) || array.items().isEmpty() || array.items().size() > MOST) {
            throw GatewayException.invalid("models", "'models' is a list of 1 to " + MOST + " models.");
        }
        List<WeightedModel> models = new ArrayList<>();
        for (JsonValue item : array.items()) {
            String at = "models[" + models.size() + "]";
            if (!(item instanceof JsonObject object)) {
                throw GatewayException.invalid(at, "'" + at + "' is an object with 'model' and 'weight'.");
            }
            models.add(model(organization, new Members(object, at + "."), now, names));
        }
        return models;
    }

    private static WeightedModel model(String organization, Members item, LoadBalanceGroup now, ModelNames names) {
        String model = item.needed("model", NAME, null);
        names.requireKnown(organization, model, item.at() + "model");
        BigDecimal weight = item.number("weight", "0", true, "1000000", BigDecimal.ONE);
        return new WeightedModel(model, weight == null ? 1 : weight.doubleValue(), credentials(organization, item, model, now, names));
    }

    private static Map<String, String> credentials(String organization, Members item, String model, LoadBalanceGroup now, ModelNames names) {
        JsonValue given = item.get("credentials");
        if (given == null) {
            return now == null ? Map.of() : now.models().stream().filter(before -> before.model().equals(model)).map(WeightedModel::credentials).findFirst().orElse(Map.of());
        }
        return given.isNull() ? Map.of() : CredentialFields.read(names.resolve(organization, model, null).provider(), given, item.at() + "credentials");
    }
}
