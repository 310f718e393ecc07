/* The inner loops of a month, as cisim.core.kernel runs them, in C: what the machine gives at most on this algorithm. */

#include "world.h"

#include "ties.h"

#include "members.h"

static void weigh(const Sim *sim)
{
    Present *restrict m = sim->m;
    int64_t n = sim->s->n_members;
    double weight = 0.0;
    for (int64_t k = 0; k < n; k++) m->power[k] = m->magnitude[k] * m->commitment[k] * (1.0 + (m->roles[k] != 0 ? 1.0 : 0.0)); /* E11 */
    for (int64_t k = 0; k < n; k++) weight += m->power[k];
    for (int64_t k = 0; k < n; k++) m->share[k] = weight > 0.0 ? m->power[k] / weight : 1.0 / (double)n;
}

static void take_position(const Sim *sim)
{
    State *s = sim->s;
    const double *values = sim->m->effective_weight, *shares = sim->m->share;
    double centre = 0.0, spread = 0.0;
    for (int64_t k = 0; k < s->n_members; k++) centre += values[k] * shares[k];
    for (int64_t k = 0; k < s->n_members; k++) spread += shares[k] * (values[k] - centre) * (values[k] - centre);
    s->mean_weight = centre;
    s->weight_variance = spread;
    s->balance = clip(centre, 0.15, 0.85); /* E12 */
    double lead = s->holders[0] >= 0 ? sim->m->founding_weight[s->holders[0]] : 0.3;
    s->legitimacy = larger(0.1, 1.0 + sim->p->trust_legitimacy * (lead - 0.6)); /* E56 */
}

static void change_world(const Sim *sim)
{
    const Parameters *p = sim->p;
    State *s = sim->s;
    double kept = p->environment_climate_persistence;
    s->climate = kept * s->climate
                 + p->environment_climate_sd * sqrt(1.0 - kept * kept) * drawn(s, AHEAD_CLIMATE); /* E5 */
    s->crowding = kept * s->crowding
                  + p->environment_rivals_sd * sqrt(1.0 - kept * kept) * drawn(s, AHEAD_RIVALS);
}

static void set_agenda(const Sim *sim)
{
    const Parameters *p = sim->p;
    State *s = sim->s;
    weigh(sim);
    take_position(sim);
    int64_t position = (s->month - 1) % p->backbone_gazing_period;
    double social = s->balance * (double)p->backbone_gazing_period, share = clip(social - (double)position, 0.0, 1.0); /* E13 */
    s->attention = s->balance + p->backbone_gazing * (share - s->balance);                                     /* E14 */
    s->since_switch = (double)position < floor(social) ? (double)position : (double)position - floor(social);  /* E15 */
    s->remembered_attention += (s->attention - s->remembered_attention) / (double)p->agenda_memory_months;     /* E17 */
}

static double joint_input(const Sim *sim)
{
    const Present *m = sim->m;
    double weight = sim->p->production_holder_weight, reference = sim->p->production_reference, sums[4] = {0.0, 0.0, 0.0, 0.0};
    for (int64_t k = 0; k < sim->s->n_members; k++)
        for (int role = 0; role < 4; role++)
            sums[role] += m->contribution[k] * m->capabilities[role][k] * (1.0 + weight * (double)((m->roles[k] >> role) & 1)); /* E25 */
    double product = (sums[0] / reference) * (sums[1] / reference) * (sums[2] / reference) * (sums[3] / reference);
    return pow(larger(product, 1e-12), 0.25 * sim->p->production_role_elasticity); /* E26 */
}

static void produce(const Sim *sim)
{
    const Parameters *p = sim->p;
    State *s = sim->s;
    s->joint = joint_input(sim);
    int64_t lead = s->holders[0], expert = s->holders[3];
    double leader = p->backbone_leader_mean + (lead >= 0 ? p->backbone_leader_sd * sim->m->leader[lead] : 0.0);
    double conditions = 0.0;
    for (int i = 0; i < 5; i++) conditions += s->conditions[i];
    double means = (0.4 + 0.6 * s->staffing) * s->practice / 0.8 * exp(p->production_leader_effect * leader);
    means = means * (1.0 + p->conditions_output_gain * (conditions / 5 - 0.5)); /* E28 */
    double expertise = expert >= 0 ? sim->m->capabilities[3][expert] : 0.0;
    double framing = (1.0 - p->framing_vagueness * p->backbone_abstracting)
                     * (1.0 + p->framing_discretion * p->backbone_abstracting * (expertise - 0.5)); /* E20 */
    double switching = p->agenda_switching_cost * p->backbone_gazing * exp(-s->since_switch / p->agenda_switching_months); /* E16 */
    double produced = s->joint * s->coordination * means * framing * (1.0 - switching); /* E29 */
    double sd = p->production_noise_sd;
    produced *= exp(sd * drawn(s, AHEAD_OUTPUT) - 0.5 * sd * sd); /* E32 */
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

void live(const Sim *sim, int64_t months)
{
    State *s = sim->s;
    for (int64_t month = 0; month < months; month++) {
        s->month++;
        if (s->month % AHEAD == 1) look_ahead(sim);
        change_world(sim);
        set_agenda(sim);
        frame(sim);
        contribute(sim);
        produce(sim);
        assess(sim);
        appraise(sim);
        take_position(sim);
        feel_distances(sim);
        clash(sim);
        gather_grudges(sim);
        bring_to_ties(sim);
        live_ties(sim);
        if (s->month % 12 == 0) meet_by_third_parties(sim);
        meet(sim);
        depend(sim);
        commit(sim);
        face_hazards(sim);
    }
}
