package org.sluice.gateway.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.sluice.gateway.template.Operation.Operator;
import org.sluice.gateway.template.Token.Type;

/** Reads expressions. One method a rank of operators, the weakest first; nesting is bounded. */
final class ExpressionParser {
    private static final Map<String, Operator> COMPARISONS = Map.of("==", Operator.EQUAL, "!=", Operator.UNEQUAL, "<", Operator.LESS,
            "<=", Operator.LESS_OR_EQUAL, ">", Operator.GREATER, ">=", Operator.GREATER_OR_EQUAL);
    private static final Map<String, Operator> SUMS = Map.of("+", Operator.ADD, "-", Operator.SUBTRACT);
    private static final Map<String, Operator> PRODUCTS = Map.of("*", Operator.MULTIPLY, "/", Operator.DIVIDE, "//", Operator.FLOOR_DIVIDE, "%", Operator.MODULO);
    private static final Map<String, Operator> POWERS = Map.of("**", Operator.POWER);
    /** Of one value, {@code a if b if c}: each is a level of the tree. */
    private static final int MOST_CONDITIONS = 4;
    private final Words words;
    private final Names names;
    private final Nesting nesting;
    private final ChainParser chains;

    ExpressionParser(Words words, Names names, Nesting nesting) {
        this.words = words;
        this.names = names;
        this.nesting = nesting;
        chains = new ChainParser(words, nesting, this);
    }

    ChainParser chains() {
        return chains;
    }

    Expression expression() {
        nesting.enter(words.current().at());
        Expression value = disjunction();
        for (int count = 0; words.isName("if"); count++) {
            int at = words.take().at();
            if (count == MOST_CONDITIONS) {
                throw Failure.syntax(at, "more than " + MOST_CONDITIONS + " conditions without else; use parentheses");
            }
            Expression condition = disjunction();
            Expression otherwise = words.skipName("else") ? expression() : null;
            value = new Expression.Conditional(condition, value, otherwise, at);
        }
        nesting.leave();
        return value;
    }

    /** Without the inline {@code if}, which means something else behind {@code for}. */
    Expression disjunction() {
        return junction("or", true);
    }

    private Expression junction(String word, boolean isOr) {
        Expression first = isOr ? junction("and", false) : negation();
        if (!words.isName(word)) {
            return first;
        }
        List<Expression> operands = new ArrayList<>(List.of(first));
        while (words.skipName(word)) {
            operands.add(isOr ? junction("and", false) : negation());
        }
        return new Operation.Junction(operands.toArray(new Expression[0]), isOr);
    }

    private Expression negation() {
        if (!words.isName("not")) {
            return comparison();
        }
        nesting.enter(words.take().at());
        Expression negated = new Operation.Not(negation());
        nesting.leave();
        return negated;
    }

    private Expression comparison() {
        int at = words.current().at();
        Expression first = arithmetic(SUMS);
        List<Operator> operators = new ArrayList<>();
        List<Expression> operands = new ArrayList<>();
        for (Operator operator = comparisonOperator(); operator != null; operator = comparisonOperator()) {
            operators.add(operator);
            operands.add(arithmetic(SUMS));
        }
        return operators.isEmpty() ? first
                : new Operation.Comparison(first, operators.toArray(new Operator[0]), operands.toArray(new Expression[0]), at);
    }

    private Operator comparisonOperator() {
        if (words.skipName("in")) {
            return Operator.IN;
        }
        if (words.isName("not") && words.following().isName("in")) {
            words.take();
            words.take();
            return Operator.NOT_IN;
        }
        return operator(COMPARISONS);
    }

    private Operator operator(Map<String, Operator> rank) {
        Token token = words.current();
        Operator operator = token.type() == Type.OPERATOR ? rank.get(token.text()) : null;
        if (operator != null) {
            words.take();
        }
        return operator;
    }

    private Expression arithmetic(Map<String, Operator> rank) {
        int at = words.current().at();
        Expression first = operand(rank);
        Operator operator = operator(rank);
        if (operator == null) {
            return first;
        }
        List<Operator> operators = new ArrayList<>();
        List<Expression> operands = new ArrayList<>();
        for (; operator != null; operator = operator(rank)) {
            operators.add(operator);
            operands.add(operand(rank));
        }
        return new Operation.Arithmetic(first, operators.toArray(new Operator[0]), operands.toArray(new Expression[0]), at);
    }

    private Expression operand(Map<String, Operator> rank) {
        return rank == SUMS ? concatenation() : rank == PRODUCTS ? arithmetic(POWERS) : signed(true);
    }

    private Expression concatenation() {
        int at = words.current().at();
        Expression first = arithmetic(PRODUCTS);
        if (!words.isOperator("~")) {
            return first;
        }
        List<Expression> parts = new ArrayList<>(List.of(first));
        while (words.skipOperator("~")) {
            parts.add(arithmetic(PRODUCTS));
        }
        return new Operation.Concatenation(parts.toArray(new Expression[0]), at);
    }

    private Expression signed(boolean withFilters) {
        Token token = words.current();
        Expression value;
        if (token.isOperator("-") || token.isOperator("+")) {
            words.take();
            nesting.enter(token.at());
            value = new Operation.Sign(signed(false), token.text().equals("-"), token.at());
            nesting.leave();
        } else {
            value = primary();
        }
        return chains.chain(value, withFilters);
    }

    Expression primary() {
        Token token = words.take();
        switch (token.type()) {
            case NAME:
                return switch (token.text()) {
                    case "true", "True" -> new Expression.Constant(true);
                    case "false", "False" -> new Expression.Constant(false);
                    case "none", "None" -> new Expression.Constant(None.NONE);
                    default -> new Expression.Name(token.text(), names.read(token.text()), token.at());
                };
            case STRING:
                StringBuilder text = new StringBuilder(token.text());
                while (words.current().type() == Type.STRING) {
                    text.append(words.take().text());
                }
                return new Expression.Constant(text.toString());
            case NUMBER:
                return new Expression.Constant(token.number());
            default:
                if (token.isOperator("(")) {
                    Expression inside = tuple(true);
                    words.expectOperator(")");
                    return inside;
                }
                if (token.isOperator("[")) {
                    return new Expression.ListLiteral(list("]").toArray(new Expression[0]), false);
                }
                if (token.isOperator("{")) {
                    return map();
                }
                throw Failure.syntax(token.at(), "unexpected " + token.described());
        }
    }

    /** One expression, or several with commas between, which are a tuple. */
    Expression tuple(boolean mayBeEmpty) {
        List<Expression> items = new ArrayList<>();
        boolean isTuple = false;
        while (!isTupleEnd()) {
            items.add(expression());
            if (!words.skipOperator(",")) {
                break;
            }
            isTuple = true;
        }
        if (!isTuple && items.size() == 1) {
            return items.get(0);
        }
        if (items.isEmpty() && !mayBeEmpty) {
            throw words.unexpected("an expression");
        }
        return new Expression.ListLiteral(items.toArray(new Expression[0]), true);
    }

    private boolean isTupleEnd() {
        Type type = words.current().type();
        return type == Type.PRINT_END || type == Type.BLOCK_END || words.isOperator(")");
    }

    private List<Expression> list(String end) {
        List<Expression> items = new ArrayList<>();
        while (!words.skipOperator(end)) {
            items.add(expression());
            if (!words.isOperator(end)) {
                words.expectOperator(",");
            }
        }
        return items;
    }

    private Expression map() {
        List<Expression> keys = new ArrayList<>();
        List<Expression> values = new ArrayList<>();
        while (!words.skipOperator("}")) {
            keys.add(expression());
            words.expectOperator(":");
            values.add(expression());
            if (!words.isOperator("}")) {
                words.expectOperator(",");
            }
        }
        return new Expression.MapLiteral(keys.toArray(new Expression[0]), values.toArray(new Expression[0]));
    }
}
