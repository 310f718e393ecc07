/* The inner loops of a month, as cisim.core.kernel runs them, in C: what the machine gives at most on this algorithm. */

#include "world.h"

#include "ties.h"

#include "members.h"

static void take_position(const Sim *sim)
{
    State *s = sim->s;
    int64_t n = s->n_members;
    double weight = 0.0, centre = 0.0, spread = 0.0;
    for (int64_t k = 0; k < n; k++) {
        const Member *m = &sim->members[sim->active[k]];
        sim->a[k] = m->effective_weight;
        sim->b[k] = m->magnitude * m->commitment * (1.0 + (m->roles != 0 ? 1.0 : 0.0)); /* E11 */
    }
    for (int64_t k = 0; k < n; k++) weight += sim->b[k];
    for (int64_t k = 0; k < n; k++) centre += sim->a[k] * (weight > 0.0 ? sim->b[k] / weight : 1.0 / (double)n);
    for (int64_t k = 0; k < n; k++) {
        double share = weight > 0.0 ? sim->b[k] / weight : 1.0 / (double)n;
        spread += share * (sim->a[k] - centre) * (sim->a[k] - centre);
    }
    s->mean_weight = centre;
    s->weight_variance = spread;
    s->balance = clip(centre, 0.15, 0.85); /* E12 */
    double lead = s->holders[0] >= 0 ? sim->members[s->holders[0]].founding_weight : 0.3;
    s->legitimacy = larger(0.1, 1.0 + sim->p->trust_legitimacy * (lead - 0.6)); /* E56 */
}

static void change_world(const Sim *sim)
{
    const Parameters *p = sim->p;
    State *s = sim->s;
    double kept = p->environment_climate_persistence;
    s->climate = kept * s->climate
                 + p->environment_climate_sd * sqrt(1.0 - kept * kept) * z(s, COALITION, s->month, CLIMATE); /* E5 */
    s->crowding = kept * s->crowding
                  + p->environment_rivals_sd * sqrt(1.0 - kept * kept) * z(s, COALITION, s->month, RIVALS);
}

static void set_agenda(const Sim *sim)
{
    const Parameters *p = sim->p;
    State *s = sim->s;
    take_position(sim);
    int64_t position = (s->month - 1) % p->backbone_gazing_period;
    double social = s->balance * (double)p->backbone_gazing_period, share = clip(social - (double)position, 0.0, 1.0); /* E13 */
    s->attention = s->balance + p->backbone_gazing * (share - s->balance);                                     /* E14 */
    s->since_switch = (double)position < floor(social) ? (double)position : (double)position - floor(social);  /* E15 */
    s->remembered_attention += (s->attention - s->remembered_attention) / (double)p->agenda_memory_months;     /* E17 */
}

static double role_input(const Sim *sim, int role)
{
    double result = 0.0;
    for (int64_t k = 0; k < sim->s->n_members; k++) {
        const Member *m = &sim->members[sim->active[k]];
        double holds = m->roles & (1 << role) ? 1.0 : 0.0;
        result += m->contribution * m->capabilities[role] * (1.0 + sim->p->production_holder_weight * holds); /* E25 */
    }
    return result;
}

static void produce(const Sim *sim)
{
    const Parameters *p = sim->p;
    State *s = sim->s;
    double reference = p->production_reference, n = (double)s->n_members;
    double product = (role_input(sim, 0) / reference) * (role_input(sim, 1) / reference) * (role_input(sim, 2) / reference)
                     * (role_input(sim, 3) / reference);
    s->joint = pow(larger(product, 1e-12), 0.25 * p->production_role_elasticity); /* E26 */
    int64_t lead = s->holders[0], expert = s->holders[3];
    double leader = p->backbone_leader_mean + (lead >= 0 ? p->backbone_leader_sd * sim->members[lead].leader : 0.0);
    double conditions = 0.0;
    for (int i = 0; i < 5; i++) conditions += s->conditions[i];
    double means = (0.4 + 0.6 * s->staffing) * s->practice / 0.8 * exp(p->production_leader_effect * leader);
    means = means * (1.0 + p->conditions_output_gain * (conditions / 5 - 0.5)); /* E28 */
    double coordination = (1.0 + p->production_coordination)
                          / (1.0 + p->production_coordination * pow(n / 25.0, p->production_coordination_power)); /* E27 */
    double expertise = expert >= 0 ? sim->members[expert].capabilities[3] : 0.0;
    double framing = (1.0 - p->framing_vagueness * p->backbone_abstracting)
                     * (1.0 + p->framing_discretion * p->backbone_abstracting * (expertise - 0.5)); /* E20 */
    double switching = p->agenda_switching_cost * p->backbone_gazing * exp(-s->since_switch / p->agenda_switching_months); /* E16 */
    double produced = s->joint * coordination * means * framing * (1.0 - switching); /* E29 */
    double sd = p->production_noise_sd;
    produced *= exp(sd * z(s, COALITION, s->month, OUTPUT) - 0.5 * sd * sd); /* E32 */
    s->social = produced * pow(2.0 * s->attention, p->agenda_focus_returns);           /* E30 */
    s->economic = produced * pow(2.0 * (1.0 - s->attention), p->agenda_focus_returns); /* E31 */
    s->total_social += s->social;
    s->total_economic += s->economic;
    s->practice = clip(s->practice - p->production_practice_decay * s->practice
                           + p->production_practice_learning * (1.0 - p->production_learning_spacing * p->backbone_spacing)
                                 * (1.0 - s->practice), 0.0, 1.0); /* E33 */
}

static void assess(const Sim *sim)
{
    const Parameters *p = sim->p;
    State *s = sim->s;
    double window = larger(1.0, p->assessment_window * (1.0 + p->assessment_window_spacing * p->backbone_spacing));
    s->perceived_social = s->perceived_social + (s->social - s->perceived_social) / window; /* E40 */
    s->perceived_economic = s->perceived_economic + (s->economic - s->perceived_economic) / window;
    double target = smaller(1.0, s->perceived_social / s->promised_social);
    double speed = target < s->credibility ? 2.0 * p->framing_adaptation : p->framing_adaptation;
    s->credibility = clip(approach(s->credibility, target, speed), 0.0, 1.0); /* E19 */
}

#define EACH(phase) for (int64_t k = 0; k < s->n_members; k++) phase

void live(const Sim *sim, int64_t months)
{
    State *s = sim->s;
    for (int64_t month = 0; month < months; month++) {
        s->month++;
        change_world(sim);
        set_agenda(sim);
        EACH(frame(sim, &sim->members[sim->active[k]]));
        EACH(contribute(sim, sim->active[k]));
        produce(sim);
        assess(sim);
        EACH(appraise(sim, &sim->members[sim->active[k]]));
        take_position(sim);
        feel_distances(sim);
        EACH(clash(sim, &sim->members[sim->active[k]]));
        live_ties(sim);
        if (s->month % 12 == 0) meet_by_third_parties(sim);
        meet(sim);
        EACH(depend(sim, sim->active[k]));
        EACH(commit(sim, &sim->members[sim->active[k]]));
        EACH(decide(sim, &sim->members[sim->active[k]]));
    }
}
