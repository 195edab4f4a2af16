package org.sluice.gateway.template;

/** Operators. Those of one rank in a row are one node, worked off in a loop. */
final class Operation {
    private Operation() { }

    enum Operator {
        ADD("+"), SUBTRACT("-"), MULTIPLY("*"), DIVIDE("/"), FLOOR_DIVIDE("//"), MODULO("%"), POWER("**"),
        EQUAL("=="), UNEQUAL("!="), LESS("<"), LESS_OR_EQUAL("<="), GREATER(">"), GREATER_OR_EQUAL(">="), IN("in"), NOT_IN("not in");

        final String sign;

        Operator(String sign) {
            this.sign = sign;
        }
    }

    /** {@code first op operand op operand ...}, from left to right. */
    record Arithmetic(Expression first, Operator[] operators, Expression[] operands, int at) implements Expression {
        @Override
        public Object value(Render render) {
            Object value = first.value(render);
            for (int i = 0; i < operators.length; i++) {
                Object operand = operands[i].value(render);
                render.at = at;
                render.budget.step();
                value = Calculation.of(operators[i], value, operand, render.budget);
            }
            return value;
        }
    }

    /** {@code a ~ b ~ c} */
    record Concatenation(Expression[] parts, int at) implements Expression {
        @Override
        public Object value(Render render) {
            Output out = new Output(render.budget, 64);
            for (Expression part : parts) {
                Object value = part.value(render);
                render.at = at;
                render.budget.step();
                out.add(Written.text(value, render.budget));
            }
            return out.toString();
        }
    }

    /** {@code a < b < c}: every neighbouring pair, until one does not hold. */
    record Comparison(Expression first, Operator[] operators, Expression[] operands, int at) implements Expression {
        @Override
        public Object value(Render render) {
            Object left = first.value(render);
            for (int i = 0; i < operators.length; i++) {
                Object right = operands[i].value(render);
                render.at = at;
                render.budget.step();
                if (!holds(operators[i], left, right, render.budget)) {
                    return false;
                }
                left = right;
            }
            return true;
        }
    }

    static boolean holds(Operator operator, Object left, Object right, Budget budget) {
        switch (operator) {
            case EQUAL: return Values.equal(left, right, budget);
            case UNEQUAL: return !Values.equal(left, right, budget);
            case IN: return Values.contains(right, left, budget);
            case NOT_IN: return !Values.contains(right, left, budget);
            default:
                int order = Values.compare(left, right, operator.sign, budget);
                return switch (operator) {
                    case LESS -> order < 0;
                    case LESS_OR_EQUAL -> order <= 0;
                    case GREATER -> order == 1;
                    default -> order == 0 || order == 1;
                };
        }
    }

    /** {@code a and b}, {@code a or b}: the operand that decides is the value. */
    record Junction(Expression[] operands, boolean isOr) implements Expression {
        @Override
        public Object value(Render render) {
            Object value = operands[0].value(render);
            for (int i = 1; i < operands.length && Values.truth(value) != isOr; i++) {
                render.budget.step();
                value = operands[i].value(render);
            }
            return value;
        }
    }

    record Not(Expression operand) implements Expression {
        @Override public Object value(Render render) { return !Values.truth(operand.value(render)); }
    }

    record Sign(Expression operand, boolean isNegative, int at) implements Expression {
        @Override
        public Object value(Render render) {
            Object value = operand.value(render);
            render.at = at;
            Values.defined(value);
            if (!Numbers.isNumber(value)) {
                throw Failure.value("bad operand type for unary " + (isNegative ? "-" : "+") + ": '" + Values.type(value) + "'");
            }
            return !isNegative ? Numbers.isInteger(value) ? Numbers.add(0L, value) : value
                    : value instanceof Double number ? (Object) (-number) : Numbers.subtract(0L, value);
        }
    }
}
